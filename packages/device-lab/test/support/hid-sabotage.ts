import { filter, NEVER, Observable, Subject, take } from 'rxjs';
import { DeviceError, type HidReport, type HidTransport } from '@buergerkoffer/core';
import { around, overlay, type Sabotage } from './sabotage.js';

/** What a HID transport can do wrong with reports, and the case that catches it. */
export const HID_SABOTAGE: readonly Sabotage<'hid'>[] = [
  {
    does: 'sends every output report under the first id',
    caughtBy: 'output reports arrive with their id and data, and input reports come with theirs',
    transport: (hid) =>
      overlay(hid, { sendReport: (_, data, options) => hid.sendReport(1, data.subarray(0, 63), options) }),
  },
  {
    does: 'swallows a leading zero, as Linux does where the report number is left out',
    caughtBy: 'an output report that begins with zeros arrives with them',
    transport: (hid) =>
      overlay(hid, {
        sendReport: (id, data, options) =>
          hid.sendReport(id, data[0] === 0 ? data.subarray(1) : data, options),
      }),
  },
  {
    does: 'fills reports up with FF',
    caughtBy: 'an output report that is too short is filled up with zeros',
    transport: (hid) =>
      overlay(hid, {
        sendReport: (id, data, options) => {
          const filled = new Uint8Array(id === 2 ? 7 : 63).fill(0xff);
          filled.set(data);
          return hid.sendReport(id, filled, options);
        },
      }),
  },
  {
    does: 'cuts reports that are too long',
    caughtBy: 'a report that is too long, or that the device does not have, is an invalid request',
    transport: (hid) =>
      overlay(hid, {
        sendReport: (id, data, options) => hid.sendReport(id, data.subarray(0, id === 2 ? 7 : 63), options),
      }),
  },
  {
    does: 'keeps 63 reports for a reader and drops the others',
    caughtBy: '200 input reports in a row all come, in their order',
    transport: (hid) => overlay(hid, { inputReports: hid.inputReports.pipe(take(63)) }),
  },
  {
    does: 'tells each report to one listener',
    caughtBy: 'input reports go to everybody who listens, and only to those',
    transport: (hid) => {
      let listeners = 0;
      return overlay(hid, {
        inputReports: new Observable<HidReport>((subscriber) => {
          listeners += 1;
          const heard = listeners === 1 ? hid.inputReports : NEVER;
          subscriber.add(() => {
            listeners -= 1;
          });
          subscriber.add(heard.subscribe(subscriber));
        }),
      });
    },
  },
  {
    does: 'stops reading when nobody listens, until 63 old reports are read',
    caughtBy: 'reports that nobody listens to do not stop those that come later',
    transport: (hid) => {
      let unheard = 0;
      const heard = new Subject<HidReport>();
      hid.inputReports.subscribe({
        next: (report) => {
          if (unheard >= 63) return;
          if (heard.observed) heard.next(report);
          else unheard += 1;
        },
        error: (error: unknown) => {
          heard.error(error);
        },
        complete: () => {
          heard.complete();
        },
      });
      return overlay(hid, { inputReports: heard });
    },
  },
  {
    does: 'leaves the id ahead of a feature report',
    caughtBy: 'a feature report comes back as it was written, without its id',
    transport: (hid) =>
      overlay(hid, {
        receiveFeatureReport: async (id, options) => {
          const data = await hid.receiveFeatureReport(id, options);
          return id === 4 ? new Uint8Array([id, ...data]) : data;
        },
      }),
  },
  {
    does: 'calls a refusal a time-out',
    caughtBy: 'a feature report that the device refuses is a protocol error, and the transport goes on',
    transport: (hid) =>
      around(hid, (make, options) =>
        make(options).catch((error: unknown) => {
          if (!(error instanceof DeviceError) || error.code !== 'protocol') throw error;
          throw new DeviceError('timeout', 'no answer');
        }),
      ),
  },
  {
    does: 'delivers no input reports while a feature report is read',
    caughtBy: 'input reports come while a feature report is not answered',
    transport: (hid) => behindCalls(hid),
  },
  {
    does: 'never completes its input reports',
    caughtBy: 'input reports complete when the device is closed',
    transport: (hid) =>
      overlay(hid, {
        inputReports: new Observable((subscriber) =>
          hid.inputReports.subscribe({
            next: (report) => {
              subscriber.next(report);
            },
            error: (error: unknown) => {
              subscriber.error(error);
            },
          }),
        ),
      }),
  },
  {
    does: 'completes its input reports at a loss',
    caughtBy: 'whoever listens to input reports hears of a loss, also later',
    transport: (hid) =>
      overlay(hid, {
        inputReports: new Observable((subscriber) =>
          hid.inputReports.subscribe({
            next: (report) => {
              subscriber.next(report);
            },
            error: () => {
              subscriber.complete();
            },
            complete: () => {
              subscriber.complete();
            },
          }),
        ),
      }),
  },
];

/** What comes while a feature report is read is lost. */
function behindCalls(hid: HidTransport): HidTransport {
  let reading = 0;
  return overlay(hid, {
    inputReports: hid.inputReports.pipe(filter(() => reading === 0)),
    receiveFeatureReport: async (id, options) => {
      reading += 1;
      try {
        return await hid.receiveFeatureReport(id, options);
      } finally {
        reading -= 1;
      }
    },
  });
}
