import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineFrame } from '@buergerkoffer/core/testing';
import { LineFrames, type LineRead } from '../../src/reference/line-frames.js';

function readAll(frames: LineFrames, bytes: Uint8Array): readonly LineRead[] {
  const all: LineRead[] = [];
  let rest = bytes;
  for (let next = frames.next(rest); next !== undefined; next = frames.next(rest)) {
    all.push(next.read);
    rest = rest.subarray(next.used);
  }
  return all;
}

describe('the frames of the reference line', () => {
  it('come out as they went in, however the line cuts them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ code: fc.nat(255), body: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 50 }),
        (sent, chunk) => {
          const frames = new LineFrames();
          const wire = Buffer.concat(sent.map(({ code, body }) => lineFrame(code, body)));
          const came: LineRead[] = [];
          for (let at = 0; at < wire.length; at += chunk) {
            came.push(...readAll(frames, new Uint8Array(wire.subarray(at, at + chunk))));
          }
          expect(came).toEqual(sent.map(({ code, body }) => ({ type: 'frame', code, body })));
        },
      ),
    );
  });

  it('are found again behind any garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        const frames = new LineFrames();
        readAll(frames, garbage);
        const came = readAll(frames, lineFrame(2, Uint8Array.of(1, 2, 3)));
        expect(came.at(-1)).toEqual({ type: 'frame', code: 2, body: Uint8Array.of(1, 2, 3) });
      }),
    );
  });

  it('that were cut off are broken, and the next one is whole', () => {
    const frames = new LineFrames();
    const cut = lineFrame(4, new Uint8Array(100)).subarray(0, 60);
    const came = readAll(frames, new Uint8Array([...cut, ...lineFrame(5)]));
    expect(came.map(({ type }) => type)).toEqual(['broken', 'frame']);
  });
});
