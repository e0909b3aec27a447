/**
 * Fills `pad` samples on both sides of a line: its samples mirrored about the first and the last one, which are not
 * repeated. `length` is 2 or more; the line begins at `pad`.
 */
export function mirrorEnds(line: Float64Array, pad: number, length: number): void {
  const last = pad + length - 1;
  if (length > pad) {
    for (let step = 1; step <= pad; step += 1) {
      line[pad - step] = line[pad + step] ?? 0;
      line[last + step] = line[last - step] ?? 0;
    }
    return;
  }
  const period = 2 * (length - 1);
  for (let step = 1; step <= pad; step += 1) {
    const turn = step % period;
    const inside = turn < length ? turn : period - turn;
    line[pad - step] = line[pad + inside] ?? 0;
    line[last + step] = line[last - inside] ?? 0;
  }
}

/**
 * The same mirrored about the outer edge of the first and the last sample, which are thus repeated. For the samples
 * of a split line, low and high alternating, `isSplit` mirrors each kind by itself, the high ones negated: that is what
 * splitting the mirrored line would have given.
 */
export function mirrorEdges(line: Float64Array, pad: number, length: number, isSplit: boolean): void {
  for (let step = 1; step <= pad; step += 1) {
    line[pad - step] = isSplit ? splitSample(line, pad, length, -step) : sample(line, pad, length, -step);
    const after = length - 1 + step;
    line[pad + after] = isSplit ? splitSample(line, pad, length, after) : sample(line, pad, length, after);
  }
}

function sample(line: Float64Array, pad: number, length: number, at: number): number {
  let index = at;
  while (index < 0 || index >= length) index = index < 0 ? -1 - index : 2 * length - 1 - index;
  return line[pad + index] ?? 0;
}

function splitSample(line: Float64Array, pad: number, length: number, at: number): number {
  const isHigh = (at & 1) === 1;
  const count = isHigh ? length >> 1 : (length + 1) >> 1;
  let index = at >> 1;
  let sign = 1;
  while (index < 0 || index >= count) {
    const mirrored = index < 0 ? -1 - index : length - 1 - index;
    // The high sample in the middle of the mirror is its own negative.
    if (isHigh && mirrored === index) return 0;
    if (isHigh) sign = -sign;
    index = mirrored;
  }
  return sign * (line[pad + 2 * index + (isHigh ? 1 : 0)] ?? 0);
}
