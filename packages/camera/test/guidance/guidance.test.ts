import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  faultsOn,
  LIVE_STATUS_AT_REST_EASY_TEXT,
  LIVE_STATUS_EASY_TEXT,
  LIVE_STATUS_OPERATOR_TEXT,
  LIVE_STATUS_TEXT,
  nextGuidance,
  type Guidance,
  type GuidanceSettings,
  type GuidanceStatus,
} from '../../src/guidance/index.js';
import type { LocatedFace } from '../../src/landmarks/index.js';

const FRAME = { widthPx: 640, heightPx: 480 };

interface Posture {
  /** Middle of the eyes. */
  readonly x?: number;
  readonly y?: number;
  /** From the eyes to the chin; the head is twice as high. */
  readonly size?: number;
  readonly yawDeg?: number;
  readonly rollDeg?: number;
  /** Gaps as shares of `size`. */
  readonly lids?: number;
  readonly lips?: number;
}

/** A face in a good place, but for what is said. */
function face(posture: Posture = {}): LocatedFace {
  const { x = 320, y = 210, size = 130, yawDeg = 0, rollDeg = 0, lids = 0.08, lips = 0.01 } = posture;
  const at = (right: number, down: number): { x: number; y: number } => ({
    x: x + right * size,
    y: y + down * size,
  });
  return {
    box: { x: x - size, y: y - size * 0.6, width: size * 2, height: size * 1.6 },
    confidence: 0.9,
    outline: [],
    pose: { yawDeg, pitchDeg: 0, rollDeg },
    cutOff: false,
    points: {
      rightEyeOuter: at(-0.45, 0),
      rightEyeInner: at(-0.15, 0),
      leftEyeInner: at(0.15, 0),
      leftEyeOuter: at(0.45, 0),
      chin: at(0, 1),
      crown: at(0, -1),
      upperLip: at(0, 0.6),
      lowerLip: at(0, 0.6 + lips),
      rightUpperLid: at(-0.3, -lids / 2),
      rightLowerLid: at(-0.3, lids / 2),
      leftUpperLid: at(0.3, -lids / 2),
      leftLowerLid: at(0.3, lids / 2),
    },
  };
}

/** What is said after frames of 50 ms that all show the same, or each what a list says. */
function after(
  frames: readonly (readonly LocatedFace[])[],
  settings?: GuidanceSettings,
  before?: Guidance,
  beginMs = 0,
): Guidance {
  let guidance = before;
  frames.forEach((faces, index) => {
    guidance = nextGuidance(guidance, { ...FRAME, faces, atMs: beginMs + index * 50 }, settings);
  });
  if (guidance === undefined) throw new Error('no frame');
  return guidance;
}

const said = (posture: Posture, settings?: GuidanceSettings): GuidanceStatus =>
  nextGuidance(undefined, { ...FRAME, faces: [face(posture)], atMs: 0 }, settings).status;

describe('guidance', () => {
  it('looks for a face, and wants one only', () => {
    expect(after([[]]).status).toBe('SearchingFace');
    expect(after([[face(), face({ x: 560, size: 60 })]]).status).toBe('MultipleFaces');
    expect(after([[face(), face({ x: 600, size: 20 })]]).status).toBe('FaceRecognized');
  });

  it.each<[GuidanceStatus, Posture]>([
    ['StepForward', { size: 80 }],
    ['StepBack', { size: 210 }],
    ['StepLeft', { x: 100 }],
    ['StepRight', { x: 540 }],
    ['MoveDown', { y: 100 }],
    ['MoveUp', { y: 330 }],
    ['LookStraight', { yawDeg: 20 }],
    ['LookStraight', { rollDeg: -12 }],
    ['OpenEyes', { lids: 0.02 }],
    ['CloseMouth', { lips: 0.15 }],
    ['FaceRecognized', {}],
  ])('says %s to a face with %j', (status, posture) => {
    expect(said(posture)).toBe(status);
  });

  it('says left and right as the person has them: who stands on the left of the picture goes to their left', () => {
    expect(said({ x: 120 })).toBe('StepLeft');
  });

  it('wants the person nearer when the still photo would have too few pixels', () => {
    expect(said({}, { still: { widthPx: 3840, heightPx: 2880 } })).toBe('FaceRecognized');
    expect(said({}, { still: { widthPx: 1920, heightPx: 1440 } })).toBe('StepForward');
  });

  it('says what matters most first', () => {
    expect(said({ size: 80, yawDeg: 30, lids: 0, lips: 0.3 })).toBe('StepForward');
    expect(said({ yawDeg: 30, lids: 0, lips: 0.3 })).toBe('LookStraight');
    expect(said({ lids: 0, lips: 0.3 })).toBe('OpenEyes');
  });

  it('asks to keep still while the face moves, and is ready once it has been well for a while', () => {
    const moving = Array.from({ length: 12 }, (_, index) => [face({ x: 300 + index * 5 })]);
    const restless = after(moving);
    expect(restless.status).toBe('StandStill');
    const calm = Array.from({ length: 30 }, () => [face()]);
    expect(after(calm, {}, restless, 600)).toMatchObject({ status: 'FaceRecognized', ready: true });
    expect(after(calm.slice(0, 8), {}, restless, 600).ready).toBe(false);
  });

  it('does not flicker at a limit', () => {
    const jitter = Array.from({ length: 60 }, (_, index) => [
      face({ yawDeg: index % 2 === 0 ? 11.8 : 12.2 }),
    ]);
    const heard = new Set<string>();
    let guidance: Guidance | undefined;
    jitter.forEach((faces, index) => {
      guidance = nextGuidance(guidance, { ...FRAME, faces, atMs: index * 50 });
      heard.add(`${guidance.status} since ${guidance.sinceMs}`);
    });
    expect(heard.size).toBeLessThanOrEqual(2);
  });

  it('does not mention a blink', () => {
    const well = after([[face()]]);
    const blink = after([[face({ lids: 0 })], [face({ lids: 0 })], [face()]], {}, well, 50);
    expect(blink.status).toBe('FaceRecognized');
    const shut = (frames: number): readonly (readonly LocatedFace[])[] =>
      Array.from({ length: frames }, () => [face({ lids: 0 })]);
    expect(after(shut(9), {}, well, 50).status).toBe('FaceRecognized');
    expect(after(shut(12), {}, well, 50).status).toBe('OpenEyes');
  });

  it.each([
    ['a blink', { lids: 0 }],
    ['a wink of an eye', { lids: 0.001 }],
    ['a short movement', { x: 345 }],
  ])('is ready again soon after %s, and not on the next frame', (_, posture) => {
    const calm = Array.from({ length: 14 }, () => [face()]);
    const ready = after(calm);
    expect(ready.ready).toBe(true);
    const disturbed = after([[face(posture)], [face(posture)]], {}, ready, 700);
    expect(disturbed).toMatchObject({ status: 'FaceRecognized', ready: false });
    expect(after(calm.slice(0, 4), {}, disturbed, 800).ready).toBe(false);
    expect(after(calm.slice(0, 8), {}, disturbed, 800).ready).toBe(true);
  });

  it('never wants somebody nearer and farther, or higher and lower, at once', () => {
    const opposites = [
      ['StepBack', 'StepForward'],
      ['StepLeft', 'StepRight'],
      ['MoveUp', 'MoveDown'],
    ] as const;
    const posture = fc.record({
      x: fc.double({ min: -200, max: 900, noNaN: true }),
      y: fc.double({ min: -200, max: 700, noNaN: true }),
      size: fc.double({ min: 10, max: 600, noNaN: true }),
    });
    const stills = fc.constantFrom(
      undefined,
      { widthPx: 1600, heightPx: 1200 },
      { widthPx: 4000, heightPx: 3000 },
    );
    fc.assert(
      fc.property(posture, stills, (where, still) => {
        const frame = { ...FRAME, faces: [face(where)], atMs: 0 };
        const faults = faultsOn(frame, still === undefined ? {} : { still });
        for (const pair of opposites) expect(pair.every((status) => faults.includes(status))).toBe(false);
      }),
    );
  });

  it('wants somebody nearer to a camera of few pixels, until they are near enough', () => {
    const still = { widthPx: 1600, heightPx: 1200 };
    expect(said({ size: 130 }, { still })).toBe('StepForward');
    expect(said({ size: 185, y: 212 }, { still })).toBe('FaceRecognized');
  });

  it('answers every sequence of faces with a status, and is never ready with a fault', () => {
    const posture = fc.record({
      x: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      y: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      size: fc.double({ min: 0, max: 1e4, noNaN: true }),
      yawDeg: fc.double({ min: -180, max: 180, noNaN: true }),
      lids: fc.double({ min: 0, max: 2, noNaN: true }),
      lips: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    const faces = fc.array(posture, { maxLength: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(faces, fc.nat(5000)), { maxLength: 20 }), (frames) => {
        let guidance: Guidance | undefined;
        let atMs = 0;
        for (const [postures, pauseMs] of frames) {
          atMs += pauseMs;
          guidance = nextGuidance(guidance, { ...FRAME, faces: postures.map(face), atMs });
          expect(LIVE_STATUS_TEXT[guidance.status]).toBeTruthy();
          if (guidance.ready) expect(guidance.status).toBe('FaceRecognized');
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the texts', () => {
  it.each([
    ['who can move', LIVE_STATUS_EASY_TEXT],
    ['who stays as they are', LIVE_STATUS_AT_REST_EASY_TEXT],
  ])('in Leichte Sprache are short clauses without commas, for a person %s', (_, texts) => {
    for (const [status, text] of Object.entries(texts)) {
      for (const sentence of text.split(/(?<=\.)\s/)) {
        expect(sentence.split(' ').length, `${status}: ${sentence}`).toBeLessThanOrEqual(9);
        expect(sentence).not.toMatch(/[,;:]/);
      }
    }
    expect(Object.keys(texts)).toEqual(Object.keys(LIVE_STATUS_TEXT));
  });

  it('move the camera, and not somebody who lies in bed', () => {
    for (const status of [
      'StepBack',
      'StepForward',
      'StepLeft',
      'StepRight',
      'MoveUp',
      'MoveDown',
    ] as const) {
      expect(LIVE_STATUS_AT_REST_EASY_TEXT[status]).toMatch(/Kamera.*Bleiben Sie so/);
      expect(LIVE_STATUS_OPERATOR_TEXT[status]).toMatch(/^(?:Mit der )?Kamera/);
    }
  });
});
