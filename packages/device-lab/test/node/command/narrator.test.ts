import { describe, expect, test } from 'vitest';
import { Narrator } from '../../../src/node/command/narrator.js';
import type { LabProgress } from '../../../src/node/lab/lab-progress.js';

function told(progress: readonly LabProgress[]): string {
  const lines: string[] = [];
  const narrator = new Narrator((line) => lines.push(line), '/repo');
  for (const each of progress) narrator.tell(each);
  return lines.join('\n');
}

const TEST = { type: 'test', file: '/repo/a.lab.mjs', name: ['suite', 'test'], ms: 12 } as const;

describe('what a person reads of a run', () => {
  test('is a line for each test as it ends', () => {
    expect(
      told([
        { ...TEST, outcome: 'passed' },
        { ...TEST, outcome: 'skipped', reason: 'no device' },
      ]),
    ).toBe('  ok    a.lab.mjs › suite › test (0.012 s)\n  skip  a.lab.mjs › suite › test: no device');
  });

  test('shows the output of a file only when one of its tests failed', () => {
    const output = { type: 'output', file: TEST.file, text: 'what it said\n' } as const;
    const end = { type: 'file-end', file: TEST.file, ms: 20 } as const;
    expect(told([output, { ...TEST, outcome: 'passed' }, end])).not.toContain('what it said');
    const failed = told([output, { ...TEST, outcome: 'failed', reason: 'one\ntwo' }, end]);
    expect(failed).toContain('  FAIL  a.lab.mjs');
    expect(failed).toContain('        one\n        two');
    expect(failed).toContain('what it said');
  });

  test('shows the end of the console when a guest broke down, and only then', () => {
    const { file } = TEST;
    const ended = { type: 'machine-end', file, how: 'ended', ms: 1 } as const;
    const console = { type: 'console', file, text: 'Kernel panic\n' } as const;
    expect(told([console, ended])).not.toContain('panic');
    expect(told([console, { ...ended, how: 'the guest broke' }])).toContain('Kernel panic');
    expect(
      told([
        { ...console, file: '/repo/b.lab.mjs' },
        { ...ended, how: 'the guest broke' },
      ]),
    ).not.toContain('panic');
  });

  test('names files that cannot run here with the reason', () => {
    const leftOut = { type: 'left-out', files: ['/repo/a.lab.mjs'], reason: 'no gphoto2' } as const;
    expect(told([leftOut])).toBe('  skip  a.lab.mjs: no gphoto2');
  });
});
