import { createServer } from 'node:http';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, type onTestFinished } from 'vitest';
import { encodePng } from '@buergerkoffer/formats';
import { emptyFolder } from './support/folders.js';
import { gradient, pgm, rings } from './support/pictures.js';
import { demo } from './support/program.js';
import { expectOneClearLine } from './support/verdict.js';

const SLOW_MACHINE = { timeout: 60_000 };
/** Marker segments of a JPEG up to the frame: enough to be known as one, and then it ends. */
const HALF_A_JPEG = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1,
]);

/** A folder with files that are wrong in one way each. */
async function folderOfBadFiles(finished: typeof onTestFinished): Promise<string> {
  const folder = await emptyFolder(finished);
  const png = await encodePng(gradient(413, 531));
  const damaged = Uint8Array.from(png);
  damaged[Math.floor(png.length / 2)] = (damaged[Math.floor(png.length / 2)] ?? 0) ^ 0xff;
  const files: Readonly<Record<string, Uint8Array>> = {
    'good.png': png,
    'empty.png': new Uint8Array(),
    'text.png': new TextEncoder().encode('This is no picture.\n'),
    'cut.png': png.subarray(0, png.length - 40),
    'damaged.png': damaged,
    'cut.jpg': HALF_A_JPEG,
    'cut.pgm': pgm(rings(100, 100, 9)).subarray(0, 900),
    'raw.bin': new Uint8Array(600),
    'cut.raw.gz': gzipSync(new Uint8Array(600)).subarray(0, 20),
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}

/** Arguments, exit code (`docs` of `koffer`: 1 the input is bad, 2 wrong use, 3 a service failed), and the line. */
const BAD: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['an unknown flag', ['--nonsense'], 2, /--nonsense/],
  ['a flag without its value', ['--seed'], 2, /--seed/],
  ['a surplus word', ['surplus'], 2, /argument/],
  ['a fault that is none', ['--fault', 'earthquake'], 1, /no fault of that name/],
  ['a negative seed', ['--seed=-1'], 1, /seed/],
  ['a seed with a fraction', ['--seed', '1.5'], 1, /seed/],
  ['a seed that is too large', ['--seed', '4294967296'], 1, /seed/],
  ['a photo that is not there', ['--photo', 'nobody.png'], 1, /nobody\.png/],
  ['a folder as the photo', ['--photo', '.'], 1, /cannot be read/],
  ['an empty photo', ['--photo', 'empty.png'], 1, /empty\.png/],
  ['a text as the photo', ['--photo', 'text.png'], 1, /text\.png/],
  ['a truncated PNG', ['--photo', 'cut.png'], 1, /cut\.png/],
  ['a damaged PNG', ['--photo', 'damaged.png'], 1, /damaged\.png/],
  ['a truncated JPEG', ['--photo', 'cut.jpg'], 1, /cut\.jpg/],
  ['a truncated finger', ['--finger-left', 'cut.pgm'], 1, /cut\.pgm/],
  ['a JPEG as a finger', ['--finger-left', 'cut.jpg'], 1, /PGM, PNG or raw/],
  ['a raw finger without size', ['--finger-right', 'raw.bin'], 1, /needs its size/],
  ['a raw finger of another size', ['--finger-right', 'raw.bin', '--finger-size', '10x10'], 1, /600/],
  ['an impossible size', ['--finger-right', 'raw.bin', '--finger-size', '0x600'], 1, /WIDTHxHEIGHT/],
  ['a damaged gzip file', ['--finger-right', 'cut.raw.gz', '--finger-size', '20x30'], 1, /gzip/],
  ['an output folder without name', ['--out', ''], 1, /no name/],
  ['a state folder in the output folder', ['--state', 'out/state'], 1, /lie in each other/],
  ['no visit to go on with', ['--resume'], 1, /no interrupted visit/],
  ['an address that is none', ['--fachverfahren', 'nonsense'], 1, /address|URL/i],
  ['an address without TLS', ['--fachverfahren', 'http://fachverfahren.example'], 1, /https/],
  ['a foreign Fachverfahren offline', ['--offline', '--fachverfahren', 'http://127.0.0.1:9'], 1, /network/],
  ['a closed port', ['--fachverfahren', 'http://127.0.0.1:9'], 3, /./],
];

describe('koffer demo', SLOW_MACHINE, () => {
  it.concurrent.for(BAD)(
    'answers %s with one line, and leaves nothing',
    async ([, args, code, line], context) => {
      const folder = await folderOfBadFiles(context.onTestFinished);
      const before = await readdir(folder);

      const named = [
        ...(args.includes('--out') ? [] : ['--out', 'out']),
        ...(args.includes('--state') ? [] : ['--state', 'state']),
      ];
      const ended = await demo([...named, ...args], { cwd: folder });

      expectOneClearLine(ended, code, line);
      context.expect(ended.stdout).toBe('');
      context.expect(await readdir(folder)).toEqual(before);
    },
  );

  it('leaves a file in the place of the output folder as it is', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'out'), 'mine');
    expectOneClearLine(await demo(['--out', 'out', '--state', 'state'], { cwd: folder }), 1, /taken/);
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['out']);
  });

  it('leaves a foreign folder as it is, also one that holds a file named like its own', async () => {
    const folder = await emptyFolder();
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'out', 'demo.json'), '{"my":"project"}');
    expectOneClearLine(await demo(['--out', 'out', '--state', 'state'], { cwd: folder }), 1, /not empty/);
    expect(await readFile(join(folder, 'out', 'demo.json'), 'utf8')).toBe('{"my":"project"}');
    expect(await readdir(folder)).toEqual(['out']);
  });

  it('does not begin when something else listens at the address of the Fachverfahren', async () => {
    const folder = await emptyFolder();
    const other = createServer((_, response) => response.end('<html>Anmeldung</html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    try {
      const args = ['--out', 'out', '--state', 'state', '--fachverfahren', `http://127.0.0.1:${port}`];
      expectOneClearLine(await demo(args, { cwd: folder }), 3, /./);
      expect(await readdir(folder)).not.toContain('out');
    } finally {
      other.close();
      other.closeAllConnections();
    }
  });

  it('shows where an error came from only when asked', async () => {
    const folder = await emptyFolder();
    const { stderr, code } = await demo(['--photo', 'nobody.png', '--debug'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/\n {4}at /);
  });

  it('tells programs of an error as one JSON object', async () => {
    const folder = await emptyFolder();
    const { stdout, stderr, code } = await demo(['--photo', 'nobody.png', '--json'], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { kind: 'input', code: 'missing', path: 'nobody.png' },
    });
  });
});
