import {
  parseReportDescriptor,
  type HidReport,
  type HidReportDescriptor,
  type UsbSetup,
} from '@buergerkoffer/core';
import { ByteWriter } from '@buergerkoffer/formats';
import type { UsbFunction, UsbHost, VirtualEndpoint, VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import { framed, unframed } from './hid-frame.js';
import type { HidFunction, VirtualHidDevice } from './virtual-hid-device.js';

const HID_CLASS = 3;
/** Descriptors of the class (HID 1.11, 7.1). */
const DESCRIPTOR = { hid: 0x21, report: 0x22 } as const;
/** Requests of the class (HID 1.11, 7.2). */
const REQUEST = { getReport: 1, getIdle: 2, setReport: 9, setIdle: 10 } as const;
/** Kinds of reports, as those requests number them. */
const KIND = { input: 1, output: 2, feature: 3 } as const;
const IN = 1;
const OUT = 2;
/** The largest packet of an interrupt endpoint at high speed; longer reports take several. */
const PACKET_BYTES = 1024;
/** 2^(4-1) micro-frames, 1 ms. */
const INTERVAL = 4;

/**
 * A HID device as the USB device that it is in a kernel: one interface with interrupt endpoints, GET_REPORT and
 * SET_REPORT. Input reports that no host polls for wait, as the kernel polls only while somebody has the device open.
 * Throws `InputError` when the report descriptor is none.
 */
export function hidAsUsb(device: VirtualHidDevice): VirtualUsbDevice {
  const descriptor = parseReportDescriptor(device.reportDescriptor);
  const longest = { input: longestFrame(descriptor, 'input'), output: longestFrame(descriptor, 'output') };
  const endpoints: VirtualEndpoint[] = [endpoint('in', IN, longest.input)];
  if (longest.output > 0) endpoints.push(endpoint('out', OUT, longest.output));
  return {
    ...device,
    interfaces: [
      {
        number: 0,
        interfaceClass: HID_CLASS,
        classDescriptors: hidDescriptor(device.reportDescriptor.length),
        endpoints,
      },
    ],
    powerUp: (host) => {
      const last = new Map<number, HidReport>();
      const hid = device.powerUp((report) => {
        last.set(report.reportId, { reportId: report.reportId, data: report.data.slice() });
        sendInput(host, framed(descriptor, report), longest.input);
      });
      return usbFunction(hid, device, descriptor, last);
    },
  };
}

function usbFunction(
  hid: HidFunction,
  device: VirtualHidDevice,
  descriptor: HidReportDescriptor,
  last: ReadonlyMap<number, HidReport>,
): UsbFunction {
  return {
    classDescriptor: (type) => (type === DESCRIPTOR.report ? device.reportDescriptor : undefined),
    controlIn: (setup) => {
      if (!isOfClass(setup)) return undefined;
      if (setup.request === REQUEST.getIdle) return new Uint8Array(1);
      if (setup.request !== REQUEST.getReport) return undefined;
      return report(setup, hid, descriptor, last);
    },
    controlOut: (setup, data) => {
      if (!isOfClass(setup)) return false;
      if (setup.request === REQUEST.setIdle) return true;
      if (setup.request !== REQUEST.setReport) return false;
      const { reportId, data: bytes } = unframed(descriptor, data);
      if (setup.value >> 8 === KIND.feature) return hid.setFeature?.(reportId, bytes) ?? false;
      if (setup.value >> 8 !== KIND.output) return false;
      hid.report?.(reportId, bytes);
      return true;
    },
    received: (_, data) => {
      const { reportId, data: bytes } = unframed(descriptor, data);
      hid.report?.(reportId, bytes);
    },
    powerDown: () => {
      hid.powerDown?.();
    },
  };
}

/** GET_REPORT: a feature report from the device, the input report that was sent last, zeros before the first. */
function report(
  { value }: UsbSetup,
  hid: HidFunction,
  descriptor: HidReportDescriptor,
  last: ReadonlyMap<number, HidReport>,
): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  const [kind, reportId] = [value >> 8, value & 0xff];
  if (kind === KIND.input) {
    const length = descriptor.input.get(reportId);
    if (length === undefined) return undefined;
    return framed(descriptor, last.get(reportId) ?? { reportId, data: new Uint8Array(length) });
  }
  if (kind !== KIND.feature) return undefined;
  const answer = (data: Uint8Array | undefined): Uint8Array | undefined =>
    data === undefined ? undefined : framed(descriptor, { reportId, data });
  const data = hid.getFeature?.(reportId);
  return data instanceof Promise ? data.then(answer) : answer(data);
}

/** A report that fills its last packet needs an end only where a longer one could have gone on. */
function sendInput(host: UsbHost, frame: Uint8Array, longest: number): void {
  host.send(IN, frame, frame.length < longest);
}

function isOfClass({ requestType, recipient }: UsbSetup): boolean {
  return requestType === 'class' && recipient === 'interface';
}

/** Bytes of the longest report as it travels, 0 where there is none. */
function longestFrame(descriptor: HidReportDescriptor, kind: 'input' | 'output'): number {
  const lengths = [...descriptor[kind].values()];
  return lengths.length === 0 ? 0 : Math.max(...lengths) + (descriptor.numbered ? 1 : 0);
}

function endpoint(direction: 'in' | 'out', number: number, longest: number): VirtualEndpoint {
  const packetSize = Math.min(Math.max(longest, 1), PACKET_BYTES);
  return { direction, number, type: 'interrupt', packetSize, interval: INTERVAL };
}

/** HID 1.11, 6.2.1: version 1.11, no country, one report descriptor. */
function hidDescriptor(reportBytes: number): Uint8Array {
  const out = new ByteWriter('little').u8(9).u8(DESCRIPTOR.hid).u16(0x0111);
  return out.u8(0).u8(1).u8(DESCRIPTOR.report).u16(reportBytes).toBytes();
}
