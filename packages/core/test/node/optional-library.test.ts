import { describe, expect, it } from 'vitest';
import { optionalLibrary } from '../../src/node/optional-library.js';

const options = { kind: 'hid', name: 'node-hid', needs: 'apt-get install libusb-1.0-0' } as const;

describe('an optional library', () => {
  it('is loaded when it is asked for', async () => {
    const library = optionalLibrary({ ...options, load: () => Promise.resolve('api') });
    expect(library.diagnostics()).toEqual([]);
    expect(await library.load()).toBe('api');
  });

  it('that is not installed is said before anybody opens anything, with the remedy', async () => {
    const library = optionalLibrary({
      ...options,
      name: 'a-library-that-is-not-there',
      load: () => Promise.reject(new Error('Cannot find package')),
    });
    expect(library.diagnostics()).toMatchObject([
      { code: 'hid.library-missing', remedy: 'npm install a-library-that-is-not-there' },
    ]);
    await expect(library.load()).rejects.toMatchObject({
      code: 'unsupported',
      remedy: 'npm install a-library-that-is-not-there',
    });
  });

  it('that does not load is unsupported, and known as broken until it loads', async () => {
    let broken = true;
    const library = optionalLibrary({
      ...options,
      load: () =>
        broken
          ? Promise.reject(new Error('libusb-1.0.so.0: cannot open shared object file'))
          : Promise.resolve(1),
    });
    await expect(library.load()).rejects.toMatchObject({
      code: 'unsupported',
      message: 'the library node-hid does not load: libusb-1.0.so.0: cannot open shared object file',
      remedy: 'apt-get install libusb-1.0-0',
    });
    expect(library.diagnostics()).toMatchObject([{ code: 'hid.library-broken', severity: 'error' }]);
    broken = false;
    await library.load();
    expect(library.diagnostics()).toEqual([]);
  });
});
