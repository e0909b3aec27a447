import type { HidReport } from '@buergerkoffer/core';
import type { HidFunction, VirtualHidDevice } from '@buergerkoffer/device-lab';

/** 16 bytes in, out and feature on a vendor's page, without report numbers (HID 1.11, 6.2.2). */
const PLAIN = [
  0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x10, 0x09, 0x01,
  0x81, 0x02, 0x09, 0x01, 0x91, 0x02, 0x09, 0x01, 0xb1, 0x02, 0xc0,
];

/** Two collections: report 3 with 4 bytes in and out, report 7 with 2 bytes in and 8 of feature. */
const NUMBERED = [
  0x06, 0x00, 0xff, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x09, 0x01, 0xa1, 0x01, 0x85, 0x03, 0x95, 0x04,
  0x09, 0x01, 0x81, 0x02, 0x09, 0x01, 0x91, 0x02, 0xc0, 0x09, 0x02, 0xa1, 0x01, 0x85, 0x07, 0x95, 0x02, 0x09,
  0x01, 0x81, 0x02, 0x95, 0x08, 0x09, 0x01, 0xb1, 0x02, 0xc0,
];

/** A HID device that sends back what it gets, and keeps one feature report; `make` may say otherwise. */
export function echoHid(
  numbered: boolean,
  make: (send: (report: HidReport) => void) => HidFunction = echo,
): VirtualHidDevice {
  return {
    vendorId: 0x1209,
    productId: 2,
    maker: 'Test',
    model: 'HID echo',
    serialNumber: 'H1',
    reportDescriptor: new Uint8Array(numbered ? NUMBERED : PLAIN),
    powerUp: make,
  };
}

function echo(send: (report: HidReport) => void): HidFunction {
  const features = new Map<number, Uint8Array>();
  return {
    report: (reportId, data) => {
      send({ reportId, data });
    },
    setFeature: (reportId, data) => {
      features.set(reportId, data);
      return true;
    },
    getFeature: (reportId) => features.get(reportId),
  };
}
