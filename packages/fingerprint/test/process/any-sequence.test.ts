import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { FINGER_CODE, FINGER_POSITIONS } from '../../src/finger-position.js';
import type { EnrolmentCommand } from '../../src/process/enrolment-command.js';
import { ProcessRun, type ScriptedPrint } from './support/process-run.js';

vi.setConfig({ testTimeout: 60_000 });

type Step =
  | { readonly print: ScriptedPrint; readonly other: ScriptedPrint }
  | { readonly failed: 'too-few-fingers' | 'too-many-fingers' | 'timeout' }
  | { readonly lost: 'two-finger' | 'single-finger' }
  | { readonly command: EnrolmentCommand };

const print = fc.record({
  value: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(255)),
  pad: fc.record({ value: fc.constantFrom(0, 0.4, 0.6, 1), threshold: fc.constant(0.5) }),
});
const missing = fc
  .uniqueArray(fc.constantFrom(...FINGER_POSITIONS), { maxLength: 10 })
  .map((fingers) => fingers.map((finger) => ({ finger, reason: 'bandaged' })));
const command = fc.oneof(
  { weight: 6, arbitrary: fc.constant<EnrolmentCommand>({ command: 'Continue' }) },
  missing.map((fingers): EnrolmentCommand => ({ command: 'SelectMissingFingers', missing: fingers })),
  fc.constantFrom<EnrolmentCommand>(
    { command: 'Continue', veto: { type: 'OK', obvious: true } },
    { command: 'Continue', veto: { type: 'NOK' } },
    { command: 'Discard' },
    { command: 'DiscardAll' },
    { command: 'UseSingleFingerAcquisitionFallback' },
    { command: 'Capture' },
  ),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ print, other: print }) },
  fc.constantFrom('too-few-fingers', 'too-many-fingers', 'timeout').map((failed) => ({ failed })),
  fc.constantFrom('two-finger', 'single-finger').map((lost) => ({ lost })),
  { weight: 4, arbitrary: command.map((one) => ({ command: one })) },
);
const kind = fc.constantFrom('two-finger', 'single-finger');

function play(run: ProcessRun, steps: readonly Step[]): ProcessRun {
  for (const one of steps) {
    if ('print' in one) run.captured(one.print, one.other);
    else if ('failed' in one) run.failed(one.failed);
    else if ('lost' in one) run.input({ type: 'device-failed', errorCode: 'lost' }).attach(one.lost);
    else run.command(one.command);
  }
  return run;
}

/** Goes on until the end: an operator who accepts, fingers that are always `print`. Returns how many inputs it took. */
function toTheEnd(run: ProcessRun, print: ScriptedPrint): number {
  for (let inputs = 0; inputs < 200; inputs += 1) {
    const { type } = run.state.phase;
    if (type === 'finished') return inputs;
    if (type === 'capturing') run.captured(print);
    else if (type === 'assessing') run.go();
    else if (type === 'selecting-missing-fingers') run.missing();
    else run.attach('single-finger');
  }
  return Infinity;
}

describe('any sequence of prints, failures, commands and devices', () => {
  it('ends, with at most three attempts per task, and at most two prints of different fingers', () => {
    fc.assert(
      fc.property(kind, fc.array(step, { maxLength: 40 }), print, (device, steps, last) => {
        const run = play(new ProcessRun(device), steps);
        expect(toTheEnd(run, last)).toBeLessThan(80);
        for (const task of run.state.tasks) {
          expect(task.attempts.length).toBeLessThanOrEqual(3);
          expect(task.attempts.every(({ count }) => count >= 1 && count <= 3)).toBe(true);
          expect(task.state.type).not.toBe('open');
        }
        expect(run.selected.length).toBeLessThanOrEqual(2);
        expect(new Set(run.selected).size).toBe(run.selected.length);
        for (const finger of run.selected) expect(finger).not.toContain('little');
      }),
      { numRuns: 300 },
    );
  });

  it('never asks for a finger that is missing, and logs every missing one', () => {
    fc.assert(
      fc.property(kind, missing, fc.array(step, { maxLength: 30 }), print, (device, fingers, steps, last) => {
        const run = new ProcessRun(device, { missing: fingers });
        for (const one of steps) {
          play(run, [one]);
          const { target } = run;
          const asked = target === undefined ? [] : (target.finger ?? ['right-index', 'left-index']);
          for (const { finger } of run.state.missing) expect(asked).not.toContain(finger);
        }
        toTheEnd(run, last);
        const logged = run.log.FingerAcquisition.at(-1)?.FingerMissing.map(({ fc: code }) => code);
        expect(logged).toEqual(run.state.missing.map(({ finger }) => FINGER_CODE[finger]));
      }),
      { numRuns: 300 },
    );
  });

  it('takes two fingers where two are there and the operator rejects nothing', () => {
    fc.assert(
      fc.property(
        kind,
        missing,
        fc.array(print, { maxLength: 40 }),
        print,
        (device, fingers, prints, last) => {
          const run = new ProcessRun(device, { missing: fingers });
          for (const one of prints) {
            run.captured(one);
            if (run.state.phase.type === 'assessing') run.go();
          }
          toTheEnd(run, last);
          const there = FINGER_POSITIONS.filter(
            (finger) => !finger.endsWith('little') && !fingers.some((one) => one.finger === finger),
          );
          expect(run.selected).toHaveLength(Math.min(there.length, 2));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has the same log for the same inputs, and keeps no image but those of the selected prints', () => {
    fc.assert(
      fc.property(kind, fc.array(step, { maxLength: 30 }), print, (device, steps, last) => {
        const runs = [0, 1].map(() => play(new ProcessRun(device), steps));
        for (const run of runs) toTheEnd(run, last);
        const [first, second] = runs;
        expect(first?.log).toEqual(second?.log);
        const images = [...JSON.stringify(first?.state).matchAll(/"material"/g)].length;
        expect(images).toBe(first?.selected.length);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a command only with the commands that are allowed, and then changes nothing', () => {
    fc.assert(
      fc.property(kind, fc.array(step, { maxLength: 20 }), command, (device, steps, one) => {
        const run = play(new ProcessRun(device), steps);
        const before = run.state;
        const told = run.effects.length;
        run.command(one);
        const refused = run.effects
          .slice(told)
          .some((effect) => effect.type === 'tell' && effect.event.type === 'CommandRefused');
        expect(refused && run.state !== before).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
