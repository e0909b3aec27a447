import { expect, it } from 'vitest';
import { writeOptions } from '../src/line-time.js';

it('gives a write that names no deadline the time of its bytes on the wire', () => {
  expect(writeOptions(0, 9_600).timeoutMs).toBe(5_000);
  expect(writeOptions(9_600, 9_600).timeoutMs).toBe(16_000);
});

it('leaves a named deadline and the signal as they are', () => {
  const { signal } = new AbortController();
  expect(writeOptions(1_000_000, 300, { timeoutMs: 70, signal })).toEqual({ timeoutMs: 70, signal });
});
