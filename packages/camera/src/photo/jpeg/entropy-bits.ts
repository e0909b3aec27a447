/** The entropy-coded data of one scan, without its stuffed bytes and restart markers. */
export interface EntropyBits {
  /** Four bytes of 0 follow the last, so that they can be read in groups. */
  readonly data: Uint8Array;
  /** First byte of each restart interval, and the byte behind the last one. */
  readonly bounds: readonly number[];
}

/**
 * The data of a scan up to the EOI. `undefined` where its restart markers do not follow each other as they must, or fill
 * bytes stand among it.
 */
export function entropyBits(scan: Uint8Array): EntropyBits | undefined {
  const data = new Uint8Array(scan.length + 4);
  const bounds = [0];
  let to = 0;
  let from = 0;
  for (let at = scan.indexOf(0xff); at >= 0; at = scan.indexOf(0xff, from)) {
    const next = scan[at + 1];
    if (next === 0) {
      data.set(scan.subarray(from, at + 1), to);
      to += at + 1 - from;
    } else if (next === 0xd0 + ((bounds.length - 1) & 7)) {
      data.set(scan.subarray(from, at), to);
      to += at - from;
      bounds.push(to);
    } else return undefined;
    from = at + 2;
  }
  data.set(scan.subarray(from), to);
  to += scan.length - from;
  bounds.push(to);
  return { data: data.subarray(0, to + 4), bounds };
}
