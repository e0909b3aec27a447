import type { WsqFilters } from './filters.js';

/**
 * A pair of 9 and 7 taps as four lifting steps and two scales (Daubechies and Sweldens, "Factoring wavelet
 * transforms into lifting steps", 1998): on even samples e and odd samples o, `o += alpha(e, e)`, `e +=
 * beta(o, o)`, `o += gamma(e, e)`, `e += delta(o, o)`, each with both neighbours; then low = e * lowScale,
 * high = o * highScale.
 */
export interface Lifting {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly delta: number;
  readonly lowScale: number;
  readonly highScale: number;
}

/** How far the taps that the steps amount to may be from the given ones: a tap in a file has nine digits. */
const TOLERANCE = 1e-7;

/**
 * The steps of the filters; undefined where the filters have other lengths or are no pair that inverts
 * itself.
 */
export function liftingOf({ low, high }: WsqFilters): Lifting | undefined {
  if (low.length !== 9 || high.length !== 7) return undefined;
  const [, , h2 = 0, , h4 = 0] = low.taps;
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0] = high.taps;
  // From the outside in: each step takes the two outermost taps away.
  const last = h4 / g3;
  const rest2 = h2 - last * (g1 + g3);
  const rest1 = (low.taps[1] ?? 0) - last * (g0 + g2);
  const rest0 = (low.taps[0] ?? 0) - 2 * last * g1;
  const third = g3 / rest2;
  const odd1 = g1 - third * (rest0 + rest2);
  const odd0 = g0 - 2 * third * rest1;
  const second = rest2 / odd1;
  const even0 = rest0 - 2 * second * odd1;
  const first = odd1 / even0;
  const [lowScale, highScale] = [even0, odd0];
  // So far in units of the scaled samples; the steps work on unscaled ones.
  const ratio = lowScale / highScale;
  const lifting = {
    alpha: first * ratio,
    beta: second / ratio,
    gamma: third * ratio,
    delta: last / ratio,
    lowScale,
    highScale,
  };
  return isClose(lifting, { low, high }) ? lifting : undefined;
}

/** Whether the steps give these taps again, and their inverse is the transform's (determinant 1). */
function isClose(lifting: Lifting, { low, high }: WsqFilters): boolean {
  if (!Object.values(lifting).every(Number.isFinite)) return false;
  const { alpha, beta, gamma, delta, lowScale, highScale } = lifting;
  // Each line holds the weights of samples -4 to 4 around an even sample, or around the odd one right of it.
  const odd1 = (at: number): number => (at === 0 ? 1 : Math.abs(at) === 1 ? alpha : 0);
  const even1 = (at: number): number => (at === 0 ? 1 : 0) + beta * (odd1(at - 1) + odd1(at + 1));
  const odd2 = (at: number): number => odd1(at) + gamma * (even1(at - 1) + even1(at + 1));
  const even2 = (at: number): number => even1(at) + delta * (odd2(at - 1) + odd2(at + 1));
  return (
    low.taps.every((tap, at) => Math.abs(even2(at) * lowScale - tap) < TOLERANCE) &&
    high.taps.every((tap, at) => Math.abs(odd2(at) * highScale - tap) < TOLERANCE) &&
    Math.abs(lowScale * highScale - 1) < TOLERANCE
  );
}
