import { InputError } from '@buergerkoffer/formats';
import type { Minutia } from './minutia.js';

/** Minutiae that take part in a comparison: the best by quality. */
export const MAX_COMPARED = 128;

/** Neighbours by which a minutia is recognised. */
export const NEIGHBOURS = 6;

/** Minutiae laid out for comparing; numbers in pixels at 500 ppi and radians in image axes (y down). */
export interface MatchTemplate {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly angle: Float64Array;
  /** Where each minutia stood in the list that was given. */
  readonly index: Uint32Array;
  /** Six per minutia, nearest first, as they look from it; fewer where the print has fewer. */
  readonly neighbours: Neighbourhood;
}

/**
 * The nearest minutiae of each one: where they lie and point, told from it. They do not change when the
 * print turns.
 */
export interface Neighbourhood {
  readonly perMinutia: number;
  readonly who: Uint16Array;
  readonly distance: Float64Array;
  /** Direction towards the neighbour, from the direction of the minutia, -pi to pi. */
  readonly bearing: Float64Array;
  /** Direction of the neighbour, from the direction of the minutia, -pi to pi. */
  readonly turn: Float64Array;
}

/**
 * Prepares `minutiae` of an image of `resolutionPpi` (500 unless told). The order in which they come does
 * not matter. A position or angle that is no number is `InputError('out-of-range')`.
 */
export function matchTemplate(minutiae: readonly Minutia[], resolutionPpi = 500): MatchTemplate {
  if (!(resolutionPpi >= 100 && resolutionPpi <= 10_000)) {
    throw new InputError('out-of-range', 'a resolution is 100 to 10,000 pixels per inch', {
      path: 'resolutionPpi',
    });
  }
  minutiae.forEach(({ x, y, angle, quality }, at) => {
    if ([x, y, angle, quality].every((value) => Math.abs(value) <= 1e6)) return;
    throw new InputError('out-of-range', 'a minutia has a place, an angle and a quality', {
      path: `minutiae.${at}`,
    });
  });
  const best = minutiae
    .map((minutia, at) => ({ minutia, at }))
    .sort((a, b) => inOrder(a.minutia, b.minutia))
    .slice(0, MAX_COMPARED);
  const scale = 500 / resolutionPpi;
  const x = Float64Array.from(best, ({ minutia }) => minutia.x * scale);
  const y = Float64Array.from(best, ({ minutia }) => minutia.y * scale);
  const angle = Float64Array.from(best, ({ minutia }) => wrapped(-minutia.angle));
  const index = Uint32Array.from(best, ({ at }) => at);
  return { count: best.length, x, y, angle, index, neighbours: neighbourhood(x, y, angle) };
}

/** Best quality first; the rest makes the order the same for every order of the same list. */
function inOrder(a: Minutia, b: Minutia): number {
  return b.quality - a.quality || a.y - b.y || a.x - b.x || a.angle - b.angle;
}

function neighbourhood(x: Float64Array, y: Float64Array, angle: Float64Array): Neighbourhood {
  const count = x.length;
  const perMinutia = Math.min(NEIGHBOURS, Math.max(count - 1, 0));
  const size = count * perMinutia;
  const who = new Uint16Array(size);
  const distance = new Float64Array(size);
  const bearing = new Float64Array(size);
  const turn = new Float64Array(size);
  for (let i = 0; i < count; i += 1) {
    const start = i * perMinutia;
    let known = 0;
    for (let j = 0; j < count; j += 1) {
      if (j === i) continue;
      const apart = Math.sqrt(((x[j] ?? 0) - (x[i] ?? 0)) ** 2 + ((y[j] ?? 0) - (y[i] ?? 0)) ** 2);
      let at = start + known;
      if (known < perMinutia) known += 1;
      else if (apart >= (distance[at - 1] ?? 0)) continue;
      else at -= 1;
      for (; at > start && (distance[at - 1] ?? 0) > apart; at -= 1) {
        distance[at] = distance[at - 1] ?? 0;
        who[at] = who[at - 1] ?? 0;
      }
      distance[at] = apart;
      who[at] = j;
    }
    for (let at = start; at < start + known; at += 1) {
      const j = who[at] ?? 0;
      const towards = Math.atan2((y[j] ?? 0) - (y[i] ?? 0), (x[j] ?? 0) - (x[i] ?? 0));
      bearing[at] = wrapped(towards - (angle[i] ?? 0));
      turn[at] = wrapped((angle[j] ?? 0) - (angle[i] ?? 0));
    }
  }
  return { perMinutia, who, distance, bearing, turn };
}

/** How far two angles between -pi and pi are apart, 0 to pi. */
export function angleBetween(a: number, b: number): number {
  const apart = a < b ? b - a : a - b;
  return apart > Math.PI ? 2 * Math.PI - apart : apart;
}

/** The angle between -pi and pi. */
export function wrapped(angle: number): number {
  if (angle > Math.PI || angle < -Math.PI) return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return angle;
}
