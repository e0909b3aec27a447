import { DeviceError } from '@buergerkoffer/core';

/**
 * A number-and-generation header, a page or object stream's type, or the start of a stream body. All repetitions are
 * bounded, so that the scan is linear in the file.
 */
const LANDMARK =
  /(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj\b|\/Type\s{0,4}\/(Page|ObjStm)(?![A-Za-z0-9])|\/Count\s{0,4}(\d{1,10})|\bstream\r?\n/g;

/**
 * How many pages a PDF has: its distinct page objects, found by one linear scan that skips stream bodies; `unknown` where some
 * may lie in compressed object streams (ISO 32000-2, 7.5.7) and no page tree says as many, or none is found. Not a PDF is `invalid-request`.
 */
export function pdfPages(bytes: Uint8Array): number | 'unknown' {
  const text = new TextDecoder('latin1').decode(bytes);
  if (!text.slice(0, 1024).includes('%PDF-')) {
    throw new DeviceError('invalid-request', 'the document says application/pdf and is no PDF');
  }
  const scan = new RegExp(LANDMARK);
  const pages = new Set<string>();
  const counts = new Set<number>();
  let compressed = false;
  let object = '';
  for (let found = scan.exec(text); found !== null; found = scan.exec(text)) {
    const [landmark, number, type, count] = found;
    if (number !== undefined) object = number;
    else if (type === 'Page') pages.add(object);
    else if (type === 'ObjStm') compressed = true;
    else if (count !== undefined) counts.add(Number(count));
    else {
      const end = text.indexOf('endstream', found.index + landmark.length);
      if (end < 0) break;
      scan.lastIndex = end + 'endstream'.length;
    }
  }
  if (pages.size === 0 || (compressed && !counts.has(pages.size))) return 'unknown';
  return pages.size;
}
