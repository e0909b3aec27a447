import { expect } from 'vitest';
import type { Ended } from './program.js';

/** Expects one clear line, its remedy and nothing else: no stack, no step of a visit. */
export function expectOneClearLine(ended: Ended, code: number, line: RegExp): void {
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({
    code,
    stderr: expect.stringMatching(/^koffer: [^\n]+\n {2}→ [^\n]+\n$/) as string,
  });
  expect(ended.stderr).toMatch(line);
  expect(ended.stderr).not.toMatch(/node:internal|\.js:\d+|undefined|\[object/);
}
