import { describe, expect, test } from 'vitest';
import { parsePackage } from '../../../src/node/guest/apt.js';

const STANZA = `Package: linux-image-amd64
Source: linux-signed-amd64 (6.1.1+1)
Version: 6.1.1-1
Depends: linux-image-6.1.0-1-amd64 (= 6.1.1-1), kmod | other:any, base-files:any
Description: Linux for 64-bit PCs

Package: another
Version: 2
`;

describe('what apt says of a package', () => {
  test('is its name, its version, and of each dependency the first alternative', () => {
    expect(parsePackage(STANZA)).toEqual({
      name: 'linux-image-amd64',
      version: '6.1.1-1',
      depends: ['linux-image-6.1.0-1-amd64', 'kmod', 'base-files'],
    });
  });

  test('is nothing where no package is named', () => {
    expect(parsePackage('')).toBeUndefined();
    expect(parsePackage('Package: x\n')).toBeUndefined();
  });
});
