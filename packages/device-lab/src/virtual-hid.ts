import { Subject } from 'rxjs';
import {
  DeviceError,
  DeviceLife,
  type HidPort,
  type HidReport,
  type HidTransport,
} from '@buergerkoffer/core';
import type { VirtualHardware } from './lab-bus.js';
import { lossOf, onAbort } from './signals.js';

/** A HID device as it implements itself. */
export interface HidFunction {
  /** An output report. */
  report?(reportId: number, data: Uint8Array): void;
  /** A feature report that the host writes; false refuses it. */
  setFeature?(reportId: number, data: Uint8Array): boolean;
  /** A feature report that the host reads; undefined refuses it. */
  getFeature?(reportId: number): Uint8Array | undefined;
}

/** A HID device whose implementation is `make`, called for each time it is opened; `send` is its input reports. */
export function virtualHid(
  port: HidPort,
  make: (send: (report: HidReport) => void) => HidFunction,
): VirtualHardware<'hid'> {
  return { port, connect: (_, unplugged) => Promise.resolve(connectHid(make, unplugged)) };
}

function connectHid(
  make: (send: (report: HidReport) => void) => HidFunction,
  unplugged: AbortSignal,
): HidTransport {
  const life = new DeviceLife();
  const reports = new Subject<HidReport>();
  const device = make((report) => {
    if (life.over === undefined) reports.next({ reportId: report.reportId, data: report.data.slice() });
  });
  onAbort(unplugged, () => {
    life.lose(lossOf(unplugged));
  });
  void life.ended.then((end) => {
    if (end.reason === 'lost') reports.error(end.error);
    else reports.complete();
  });
  const alive = async (signal: AbortSignal | undefined): Promise<void> => {
    await Promise.resolve();
    signal?.throwIfAborted();
    if (life.over !== undefined) throw life.over;
  };
  return {
    ended: life.ended,
    close: () => life.close(),
    inputReports: reports.asObservable(),
    sendReport: async (reportId, data, options) => {
      await alive(options?.signal);
      device.report?.(reportId, data.slice());
    },
    sendFeatureReport: async (reportId, data, options) => {
      await alive(options?.signal);
      if (device.setFeature?.(reportId, data.slice()) !== true) throw refused(reportId);
    },
    receiveFeatureReport: async (reportId, options) => {
      await alive(options?.signal);
      const data = device.getFeature?.(reportId);
      if (data === undefined) throw refused(reportId);
      return data.slice();
    },
  };
}

function refused(reportId: number): DeviceError {
  return new DeviceError('protocol', `the device refused feature report ${reportId}`);
}
