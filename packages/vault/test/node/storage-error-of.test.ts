import { describe, expect, it } from 'vitest';
import { storageErrorOf } from '../../src/node/node-file-system.js';

const system = (code: string): Error => Object.assign(new Error(`${code}: as the system says`), { code });

describe('an error of the file system', () => {
  it.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'denied'],
    ['EPERM', 'denied'],
    ['ENOENT', 'missing'],
    ['EIO', 'corrupt'],
    ['EXDEV', 'denied'],
  ])('%s becomes %s, with path, remedy and cause', (systemCode, code) => {
    const cause = system(systemCode);
    const error = storageErrorOf(cause, '/somewhere');
    expect(error).toMatchObject({ kind: 'storage', code, path: '/somewhere', cause });
    expect(error.message).toContain(systemCode);
    expect(error.remedy).not.toBe('');
  });

  it('is translated once', () => {
    const error = storageErrorOf(system('ENOSPC'), '/a');
    expect(storageErrorOf(error, '/b')).toBe(error);
  });
});
