import type { CallOptions, HidReport, HidTransport } from '../transport.js';
import type { Fields } from '../wire/fields.js';
import {
  nothing,
  unknownOperation,
  type FarTransport,
  type Reply,
  type ServedTransport,
} from './transport-ends.js';

/** A HID device, where it is. */
export function servedHid(hid: HidTransport): ServedTransport {
  return {
    ended: hid.ended,
    close: () => hid.close(),
    said: {},
    call: (operation, input, options) => run(hid, operation, input, options),
    streams: { inputReports: { items: hid.inputReports, keep: 'all' } },
  };
}

async function run(
  hid: HidTransport,
  operation: string,
  input: Fields,
  options: CallOptions,
): Promise<Reply> {
  const reportId = input.count('reportId');
  switch (operation) {
    case 'sendReport':
      await hid.sendReport(reportId, input.bytes('data'), options);
      return { value: {} };
    case 'sendFeatureReport':
      await hid.sendFeatureReport(reportId, input.bytes('data'), options);
      return { value: {} };
    case 'receiveFeatureReport':
      return { value: { data: await hid.receiveFeatureReport(reportId, options) } };
    default:
      throw unknownOperation(operation);
  }
}

/** The same device, where the app is. */
export function farHid(far: FarTransport): HidTransport {
  return {
    ended: far.ended,
    close: () => far.close(),
    inputReports: far.stream('inputReports', readReport),
    sendReport: (reportId, data, options) => far.call('sendReport', { reportId, data }, nothing, options),
    sendFeatureReport: (reportId, data, options) =>
      far.call('sendFeatureReport', { reportId, data }, nothing, options),
    receiveFeatureReport: (reportId, options) =>
      far.call('receiveFeatureReport', { reportId }, (value) => value.bytes('data'), options),
  } satisfies Required<HidTransport>;
}

function readReport(f: Fields): HidReport {
  return { reportId: f.count('reportId'), data: f.bytes('data') };
}
