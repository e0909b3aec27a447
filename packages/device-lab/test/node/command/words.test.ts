import { describe, expect, test } from 'vitest';
import { readWords } from '../../../src/node/command/words.js';

describe('the arguments of device-lab', () => {
  test('name files and what is added to their needs', () => {
    const words = readWords([
      'run',
      'a.mjs',
      '--no-udev',
      '--modules',
      'x,y',
      '--qemu-arg=-device',
      '--guests',
      '3',
      'b.mjs',
    ]);
    expect(words).toMatchObject({
      command: 'run',
      files: ['a.mjs', 'b.mjs'],
      needs: { udev: false, modules: ['x', 'y'], qemu: ['-device'] },
      where: 'auto',
      limitMs: 590_000,
      guests: 3,
    });
  });

  test.each([
    [[], 'nothing is no command'],
    [['fly'], 'fly is no command'],
    [['run'], 'run needs a file'],
    [['run', 'a', '--limit', 'soon'], '--limit takes whole seconds, not soon'],
    [['run', 'a', '--limit', '0'], '--limit takes whole seconds, not 0'],
    [['run', 'a', '--guests', '0'], '--guests takes whole numbers, not 0'],
    [['run', 'a', '--fast'], "Unknown option '--fast'"],
  ])('that are wrong are refused: %j', (args, message) => {
    expect(() => readWords(args)).toThrow(message);
  });

  test('ask for help in each place', () => {
    expect(readWords(['run', '--help'])).toEqual({ command: 'help' });
  });
});
