import type { UsbSetup } from '@buergerkoffer/core';
import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import { bulkPacketBytes, type UsbIdentity } from '../usb/usb-identity.js';
import type { VirtualInterface, VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import type { LineFunction, LineSettings, VirtualLineDevice } from './virtual-line-device.js';

/** Test id of pid.codes: no product ships with it. */
const IDENTITY = { vendorId: 0x1209, productId: 0x0003, model: 'Serial line' } as const;
const [DATA_IN, DATA_OUT, NOTIFICATION] = [1, 2, 3];
/** Requests of the class (USB CDC PSTN 1.20, table 13). */
const REQUEST = {
  setLineCoding: 0x20,
  getLineCoding: 0x21,
  setControlLineState: 0x22,
  sendBreak: 0x23,
} as const;
const LINE_CODING_BYTES = 7;
const PARITY = ['none', 'odd', 'even'] as const;

/**
 * A device on a line as a USB modem (CDC-ACM): `/dev/ttyACM0` on Linux. Line coding, DTR and RTS reach its
 * `settings`; what they cannot tell (mark and space parity, 1.5 stop bits, 5, 6 or 16 data bits) is left out. Breaks
 * are taken and change nothing. What the device says while nobody reads waits.
 */
export function lineAsCdcAcm(device: VirtualLineDevice, identity: UsbIdentity = {}): VirtualUsbDevice {
  const packetSize = bulkPacketBytes(identity.speed);
  return {
    ...IDENTITY,
    ...identity,
    interfaces: [communications(), dataInterface(packetSize)],
    powerUp: (host) => {
      const line = device.powerUp((bytes) => {
        if (bytes.length > 0) host.send(DATA_IN, bytes.slice());
      });
      const state = new LineState(line);
      return {
        controlIn: (setup) => (is(setup, REQUEST.getLineCoding) ? state.coding : undefined),
        controlOut: (setup, data) => {
          if (is(setup, REQUEST.setLineCoding)) return state.setCoding(data);
          if (is(setup, REQUEST.setControlLineState)) return state.setControlLines(setup.value);
          return is(setup, REQUEST.sendBreak);
        },
        received: (_, data) => (data.length > 0 ? line.received(data) : undefined),
        powerDown: () => {
          line.powerDown?.();
        },
      };
    },
  };
}

/** How the host has set the line; 9600 8N1 and both lines down at first. */
class LineState {
  readonly #line: LineFunction;
  #coding = new ByteWriter('little').u32(9600).u8(0).u8(0).u8(8).toBytes();
  #lines: LineSettings = {};

  constructor(line: LineFunction) {
    this.#line = line;
  }

  get coding(): Uint8Array {
    return this.#coding;
  }

  setCoding(data: Uint8Array): boolean {
    if (data.length !== LINE_CODING_BYTES) return false;
    this.#coding = data.slice();
    this.#tell();
    return true;
  }

  setControlLines(bits: number): boolean {
    this.#lines = { dtr: (bits & 1) !== 0, rts: (bits & 2) !== 0 };
    this.#tell();
    return true;
  }

  #tell(): void {
    this.#line.settings?.({ ...settingsOf(this.#coding), ...this.#lines });
  }
}

/** A line coding (USB CDC PSTN 1.20, table 17) in our words. */
function settingsOf(coding: Uint8Array): LineSettings {
  const reader = new ByteReader(coding, { order: 'little' });
  const baudRate = reader.u32();
  const stop = reader.u8();
  const parity = PARITY[reader.u8()];
  const bits = reader.u8();
  return {
    baudRate,
    ...(stop === 0 || stop === 2 ? { stopBits: stop === 0 ? 1 : 2 } : {}),
    ...(parity === undefined ? {} : { parity }),
    ...(bits === 7 || bits === 8 ? { dataBits: bits } : {}),
  };
}

/** The interface that is asked (USB CDC 1.20, 5.2.3): header, call management, ACM, and the union with its data. */
function communications(): VirtualInterface {
  const header = [5, 0x24, 0x00, 0x20, 0x01];
  const callManagement = [5, 0x24, 0x01, 0, 1];
  const lineCodingAndBreak = [4, 0x24, 0x02, 0b110];
  const union = [5, 0x24, 0x06, 0, 1];
  return {
    number: 0,
    association: { interfaceCount: 2, functionClass: 2, functionSubclass: 2, functionProtocol: 1 },
    interfaceClass: 2,
    interfaceSubclass: 2,
    interfaceProtocol: 1,
    classDescriptors: new Uint8Array([...header, ...callManagement, ...lineCodingAndBreak, ...union]),
    endpoints: [{ direction: 'in', number: NOTIFICATION, type: 'interrupt', packetSize: 16 }],
  };
}

function dataInterface(packetSize: number): VirtualInterface {
  return {
    number: 1,
    interfaceClass: 10,
    endpoints: [
      { direction: 'in', number: DATA_IN, type: 'bulk', packetSize },
      { direction: 'out', number: DATA_OUT, type: 'bulk', packetSize },
    ],
  };
}

function is({ requestType, recipient, request }: UsbSetup, wanted: number): boolean {
  return requestType === 'class' && recipient === 'interface' && request === wanted;
}
