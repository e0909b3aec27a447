import { InputError } from '@buergerkoffer/formats';
import type { PenSample, Signature } from '../model/pen-sample.js';
import { penMotion } from './pen-motion.js';
import { penPath, type PathPoint } from './pen-path.js';
import { between, type RandomSource } from './random-source.js';

/** The pad that a synthetic signature is written on. */
export interface WritingPad {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Largest coordinates that it reports: samples lie on that grid. */
  readonly maxX: number;
  readonly maxY: number;
  /** How many steps of pressure it tells apart. */
  readonly pressureLevels: number;
  readonly samplesPerSecond: number;
}

/**
 * `name` as somebody who does not exist writes it on `pad`: `hand` is the person, `occasion` (any label) the one
 * time of many; two signatures of one hand resemble each other and are never equal. A
 * name without a letter is `InputError('missing')`.
 */
export function writeSignature(
  name: string,
  pad: WritingPad,
  hand: RandomSource,
  occasion = 'signature 1',
): Signature {
  if (name.trim() === '') {
    throw new InputError('missing', 'a signature needs a name to write', { path: 'name' });
  }
  const chance = hand.fork(occasion);
  const path = penPath(name, hand.fork('hand'), chance.fork('path'));
  const strokes = onPad(path, pad, chance.fork('place'));
  const intervalMs = 1_000 / pad.samplesPerSecond;
  const lifts = chance.fork('lifts');
  const samples: PenSample[] = [];
  let ticks = Math.round(between(lifts, 400, 900) / intervalMs);
  for (const stroke of strokes) {
    const last = samples.at(-1);
    const [first] = stroke;
    if (last !== undefined && first !== undefined) {
      const lift = Math.round(between(lifts, 90, 260) / intervalMs);
      for (let i = 1; i < lift; i += 1) {
        const x = last.x + (i / lift) * (first.x - last.x);
        const y = last.y + (i / lift) * (first.y - last.y);
        samples.push(asReported({ x, y, pressure: 0, tMs: (ticks + i) * intervalMs, down: false }, pad));
      }
      ticks += lift;
    }
    const moments = penMotion(stroke, intervalMs);
    for (const [i, moment] of moments.entries()) {
      samples.push(asReported({ ...moment, tMs: (ticks + i) * intervalMs, down: true }, pad));
    }
    ticks += Math.max(moments.length - 1, 0);
  }
  return { samples, widthMm: pad.widthMm, heightMm: pad.heightMm };
}

/** The strokes in millimetres on the pad: as large as people write, smaller when the name is long. */
function onPad(
  strokes: readonly (readonly PathPoint[])[],
  pad: WritingPad,
  random: RandomSource,
): readonly (readonly PathPoint[])[] {
  const points = strokes.flat();
  const left = Math.min(...points.map(({ x }) => x));
  const right = Math.max(...points.map(({ x }) => x));
  const top = Math.max(...points.map(({ y }) => y));
  const bottom = Math.min(...points.map(({ y }) => y));
  const heightMm = Math.min(
    between(random, 5, 6.5),
    (0.84 * pad.widthMm) / Math.max(right - left, 0.1),
    (0.7 * pad.heightMm) / Math.max(top - bottom, 0.1),
  );
  const middleX = pad.widthMm * between(random, 0.48, 0.52);
  const middleY = pad.heightMm * between(random, 0.5, 0.56);
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: middleX + heightMm * (x - (left + right) / 2),
      y: middleY - heightMm * (y - (top + bottom) / 2),
    })),
  );
}

/** The sample on the pad's grid; a touching pen has at least one step of pressure. */
function asReported(sample: PenSample, pad: WritingPad): PenSample {
  const levels = pad.pressureLevels - 1;
  const pressed = Math.round(Math.min(Math.max(sample.pressure, 0), 1) * levels);
  return {
    x: onGrid(sample.x, pad.widthMm, pad.maxX),
    y: onGrid(sample.y, pad.heightMm, pad.maxY),
    pressure: (sample.down ? Math.max(pressed, 1) : 0) / levels,
    tMs: sample.tMs,
    down: sample.down,
  };
}

function onGrid(value: number, length: number, steps: number): number {
  return (Math.min(Math.max(Math.round((value / length) * steps), 0), steps) / steps) * length;
}
