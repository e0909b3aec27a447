import { describe, expect, test } from 'vitest';
import { cpioArchive } from '../../../src/node/guest/cpio.js';
import { readCpio } from '../../support/read-cpio.js';

describe('a cpio archive', () => {
  test('reads back as what was put in, with folders and rights', () => {
    const data = Uint8Array.from({ length: 13 }, (_, index) => index);
    const archive = cpioArchive([
      { kind: 'folder', path: 'bin' },
      { kind: 'file', path: 'bin/tool', mode: 0o755, data },
      { kind: 'file', path: 'empty', mode: 0o644, data: new Uint8Array(0) },
    ]);
    expect(readCpio(archive)).toEqual([
      { path: 'bin', mode: 0o040755, data: new Uint8Array(0) },
      { path: 'bin/tool', mode: 0o100755, data },
      { path: 'empty', mode: 0o100644, data: new Uint8Array(0) },
    ]);
  });

  test('has a length that lets another archive follow it', () => {
    const file = (path: string, length: number) =>
      ({ kind: 'file', path, mode: 0o644, data: new Uint8Array(length) }) as const;
    for (let length = 0; length < 8; length += 1) {
      expect(cpioArchive([file('x'.repeat(length + 1), length)]).length % 4).toBe(0);
    }
  });
});
