/** Shares below this are no class: FLT_EPSILON. */
const LEAST_SHARE = 2 ** -23;

/**
 * The grey that parts the greys of `data` best into two classes (N. Otsu 1979); the darker one includes it.
 */
export function otsuThreshold(data: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at += 1) {
    const grey = data[at] ?? 0;
    counts[grey] = (counts[grey] ?? 0) + 1;
  }
  const scale = 1 / data.length;
  let mean = 0;
  for (let grey = 0; grey < 256; grey += 1) mean += grey * (counts[grey] ?? 0);
  mean *= scale;
  let threshold = 0;
  let greatest = 0;
  let darkShare = 0;
  let darkMean = 0;
  for (let grey = 0; grey < 256; grey += 1) {
    const share = (counts[grey] ?? 0) * scale;
    darkMean *= darkShare;
    darkShare += share;
    const brightShare = 1 - darkShare;
    if (Math.min(darkShare, brightShare) < LEAST_SHARE) continue;
    if (Math.max(darkShare, brightShare) > 1 - LEAST_SHARE) continue;
    darkMean = (darkMean + grey * share) / darkShare;
    const brightMean = (mean - darkShare * darkMean) / brightShare;
    const between = darkShare * brightShare * (darkMean - brightMean) * (darkMean - brightMean);
    if (between > greatest) {
      greatest = between;
      threshold = grey;
    }
  }
  return threshold;
}

/** White (255) where a grey is above `threshold`, else black (0). */
export function binarise(data: Uint8Array, threshold: number): Uint8Array {
  const binary = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1) binary[at] = (data[at] ?? 0) > threshold ? 255 : 0;
  return binary;
}
