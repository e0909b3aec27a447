/**
 * Fills `pad` samples on both sides of a line: its samples mirrored about the first and the last one, which
 * are not repeated. `length` is 2 or more; the line begins at `at`.
 */
export function mirrorEnds(line: Float32Array, at: number, length: number, pad: number): void {
  const last = at + length - 1;
  if (length > pad) {
    for (let step = 1; step <= pad; step += 1) {
      line[at - step] = line[at + step] ?? 0;
      line[last + step] = line[last - step] ?? 0;
    }
    return;
  }
  const period = 2 * (length - 1);
  for (let step = 1; step <= pad; step += 1) {
    const turn = step % period;
    const inside = turn < length ? turn : period - turn;
    line[at - step] = line[at + inside] ?? 0;
    line[last + step] = line[last - inside] ?? 0;
  }
}

/**
 * The same mirrored about the outer edge of the first and the last sample, which are thus repeated. For the
 * samples of a split line, low and high alternating, `isSplit` mirrors each kind by itself, the high ones
 * negated: that is what splitting the mirrored line would have given.
 */
export function mirrorEdges(
  line: Float32Array,
  at: number,
  length: number,
  pad: number,
  isSplit: boolean,
): void {
  const value = isSplit ? splitSample : wholeSample;
  for (let step = 1; step <= pad; step += 1) {
    line[at - step] = value(line, at, length, -step);
    line[at + length - 1 + step] = value(line, at, length, length - 1 + step);
  }
}

function wholeSample(line: Float32Array, at: number, length: number, place: number): number {
  let index = place;
  while (index < 0 || index >= length) index = index < 0 ? -1 - index : 2 * length - 1 - index;
  return line[at + index] ?? 0;
}

function splitSample(line: Float32Array, at: number, length: number, place: number): number {
  const isHigh = (place & 1) === 1;
  const count = isHigh ? length >> 1 : (length + 1) >> 1;
  let index = place >> 1;
  let sign = 1;
  while (index < 0 || index >= count) {
    const mirrored = index < 0 ? -1 - index : length - 1 - index;
    // The high sample in the middle of the mirror is its own negative.
    if (isHigh && mirrored === index) return 0;
    if (isHigh) sign = -sign;
    index = mirrored;
  }
  return sign * (line[at + 2 * index + (isHigh ? 1 : 0)] ?? 0);
}
