import type { WebHidDevice, WebHidReport } from './web-hid.js';

/** Length of each report's data in bytes by report id, without the byte of the id; id 0 where ids are not used. */
export type ReportLengths = ReadonlyMap<number, number>;

/** The longest report, in bytes: that of Linux. */
const MAX_REPORT_BYTES = 16_384;

/** The reports of one kind that the page may use, of all collections; a collection has those of its children too. */
export function reportLengths(device: WebHidDevice, kind: 'outputReports' | 'featureReports'): ReportLengths {
  const lengths = new Map<number, number>();
  for (const collection of device.collections) {
    for (const report of collection[kind] ?? []) {
      const id = report.reportId ?? 0;
      lengths.set(id, Math.min(MAX_REPORT_BYTES, (lengths.get(id) ?? 0) + bytesOf(report)));
    }
  }
  return lengths;
}

function bytesOf({ items = [] }: WebHidReport): number {
  const bits = items.reduce(
    (sum, { reportSize = 0, reportCount = 0 }) => sum + Math.max(0, reportSize) * Math.max(0, reportCount),
    0,
  );
  return Math.ceil(bits / 8);
}
