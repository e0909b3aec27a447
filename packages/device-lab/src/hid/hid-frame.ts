import type { HidReport, HidReportDescriptor } from '@buergerkoffer/core';

/** A report as it travels: its number first where the device uses numbers (HID 1.11, 8.1). */
export function framed({ numbered }: HidReportDescriptor, { reportId, data }: HidReport): Uint8Array {
  if (!numbered) return data.slice();
  const frame = new Uint8Array(1 + data.length);
  frame[0] = reportId;
  frame.set(data, 1);
  return frame;
}

/** A report as it came, taken apart; a numbered one without a number is report 0, which no device has. */
export function unframed({ numbered }: HidReportDescriptor, frame: Uint8Array): HidReport {
  return numbered ? { reportId: frame[0] ?? 0, data: frame.slice(1) } : { reportId: 0, data: frame.slice() };
}
