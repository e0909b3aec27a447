import { DeviceError, type UsbSetup } from '@buergerkoffer/core';
import { ByteWriter } from '@buergerkoffer/formats';
import type { Subscription } from 'rxjs';
import { bulkPacketBytes, type UsbIdentity } from '../usb/usb-identity.js';
import type { UsbHost, VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import { CcidCommandReader } from './ccid-messages.js';
import { CcidSlot } from './ccid-slot.js';
import type { VirtualReader } from './virtual-reader.js';

/** How a reader shows itself behind USB. */
export interface CcidOptions {
  /**
   * Default 1209:0005, a test id of pid.codes. Linux's driver (libccid) takes only the ids of its list, in
   * `/etc/libccid_Info.plist`: give one of those, or add this one there.
   */
  readonly identity?: UsbIdentity;
  /** Bytes of one message, 271 to 65,544; longer APDUs and answers go in parts. Default 65,544. */
  readonly messageBytes?: number;
  /** Hears what a card's code throws; the host sees a card that does not answer. */
  readonly failed?: (error: unknown) => void;
}

const IDENTITY = { vendorId: 0x1209, productId: 0x0005, model: 'Virtual reader' } as const;
const CCID_CLASS = 0x0b;
const [NOTIFICATION, ANSWERS, COMMANDS] = [1, 2, 3];
/** RDR_to_PC_NotifySlotChange (CCID 1.10, 6.3.1). */
const NOTIFY_SLOT_CHANGE = 0x50;
/** The only request of the class that is answered: the bulk message that belongs to it does the work (5.3.1). */
const REQUEST_ABORT = 0x01;
const [LEAST_MESSAGE, MOST_MESSAGE] = [271, 65_544];

/**
 * A card reader with one slot as a USB device (CCID 1.10, extended APDU level), for PC/SC stacks that are real; cards
 * are put in and taken out at `reader`, and the host is notified. Throws `invalid-request` for `messageBytes` out of
 * range.
 */
export function ccidReader(reader: Pick<VirtualReader, 'card'>, options: CcidOptions = {}): VirtualUsbDevice {
  const { identity = {}, messageBytes = MOST_MESSAGE, failed = () => undefined } = options;
  if (!Number.isInteger(messageBytes) || messageBytes < LEAST_MESSAGE || messageBytes > MOST_MESSAGE) {
    throw new DeviceError('invalid-request', `a message has ${LEAST_MESSAGE} to ${MOST_MESSAGE} bytes`, {
      path: 'messageBytes',
    });
  }
  const packetSize = bulkPacketBytes(identity.speed);
  return {
    ...IDENTITY,
    ...identity,
    interfaces: [
      {
        number: 0,
        interfaceClass: CCID_CLASS,
        classDescriptors: classDescriptor(messageBytes),
        endpoints: [
          { direction: 'in', number: NOTIFICATION, type: 'interrupt', packetSize: 8 },
          { direction: 'in', number: ANSWERS, type: 'bulk', packetSize },
          { direction: 'out', number: COMMANDS, type: 'bulk', packetSize },
        ],
      },
    ],
    powerUp: (host) => {
      const commands = new CcidCommandReader(messageBytes);
      const slot = new CcidSlot(messageBytes, {
        send: (message) => {
          host.send(ANSWERS, message);
        },
        failed,
      });
      const cards = watchCards(reader, slot, host, failed);
      return {
        controlOut: (setup) => isAbort(setup),
        received: (_, data) => {
          commands.push(data);
          for (let command = commands.next(); command !== undefined; command = commands.next()) {
            if (command === 'too-long') host.halt('out', COMMANDS);
            else slot.take(command);
          }
        },
        powerDown: () => {
          cards.unsubscribe();
          slot.end();
        },
      };
    },
  };
}

/** Tells slot and host of the card that is in at power-up, and of every change. */
function watchCards(
  { card }: Pick<VirtualReader, 'card'>,
  slot: CcidSlot,
  host: UsbHost,
  failed: (error: unknown) => void,
): Subscription {
  let before = false;
  return card.subscribe({
    next: (now) => {
      slot.change(now);
      const present = now !== undefined;
      const state = present ? 0b11 : 0b10; // changed, and present or not
      if (present || before) host.send(NOTIFICATION, new Uint8Array([NOTIFY_SLOT_CHANGE, state]));
      before = present;
    },
    error: failed,
  });
}

function isAbort({ requestType, request }: UsbSetup): boolean {
  return requestType === 'class' && request === REQUEST_ABORT;
}

/** The smart card device class descriptor (CCID 1.10, 5.1), 54 bytes. */
function classDescriptor(messageBytes: number): Uint8Array {
  const out = new ByteWriter('little').u8(54).u8(0x21).u16(0x0110);
  out.u8(0).u8(7); // the last slot is 0; 5, 3 and 1.8 V
  out.u32(0b11); // T=0 and T=1
  out.u32(4000).u32(4000).u8(0); // clock, in kHz
  out.u32(9600).u32(9600).u8(0); // data rate, in bit/s
  out.u32(254).u32(0).u32(0); // largest information field; no synchronous cards, nothing mechanical
  out.u32(0x0004_04be); // all parameters are automatic; short and extended APDU level
  out.u32(messageBytes);
  out.u8(0xff).u8(0xff).u16(0).u8(0).u8(1); // classes of envelopes; no display, no PIN pad; one busy slot
  return out.toBytes();
}
