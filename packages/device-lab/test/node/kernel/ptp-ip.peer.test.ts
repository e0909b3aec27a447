import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { virtualCamera, type CameraDialect } from '@buergerkoffer/device-lab';
import { attachPtpIp } from '@buergerkoffer/device-lab/node';
import { picture } from '../../camera/support/ptp-values.js';

const hasGphoto2 = spawnSync('gphoto2', ['--version']).error === undefined;
if (!hasGphoto2) console.log('skipped: gphoto2 is not installed (Debian package gphoto2)');

const run = promisify(execFile);
/** More than a megabyte: hosts fetch it in blocks. */
const BYTES = 1_200_022;
const photograph = (shot: number): Uint8Array => picture(shot, BYTES);

/** Runs gphoto2 on a camera, with a home and a folder of its own. */
async function withGphoto2(
  dialect: CameraDialect,
  work: (
    gphoto2: (...words: readonly string[]) => Promise<string>,
    file: (name: string) => Promise<Uint8Array>,
    model: string,
  ) => Promise<void>,
): Promise<void> {
  const camera = virtualCamera({ photograph, preview: picture, taken: 1, shutterMs: 20, dialect });
  await using attached = await attachPtpIp(camera, { port: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'gphoto2-'));
  const port = `ptpip:127.0.0.1:${attached.port}:${attached.port}`;
  const options = {
    cwd: folder,
    timeout: 60_000,
    killSignal: 'SIGKILL',
    env: { ...process.env, HOME: folder },
  } as const;
  try {
    await work(
      async (...words) => (await run('gphoto2', ['--port', port, '--quiet', ...words], options)).stdout,
      async (name) => new Uint8Array(await readFile(join(folder, name))),
      camera.model,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(!hasGphoto2)('gphoto2 with our camera over PTP/IP', () => {
  it.each(['standard', 'canon', 'nikon'] as const)(
    'summarises, lists and captures (%s)',
    { timeout: 120_000 },
    async (dialect) => {
      await withGphoto2(dialect, async (gphoto2, file, model) => {
        expect(await gphoto2('--summary')).toContain(`Model: ${model}`);
        expect(await gphoto2('--list-files')).toContain('LAB_0001.JPG');
        await gphoto2('--capture-image-and-download', '--filename', 'shot.jpg');
        expect(Buffer.compare(await file('shot.jpg'), photograph(2))).toBe(0);
        await gphoto2('--get-file', '1', '--filename', 'old.jpg');
        expect(Buffer.compare(await file('old.jpg'), photograph(1))).toBe(0);
      });
    },
  );

  it('captures on the card of an EOS, and three shots into its memory', { timeout: 120_000 }, async () => {
    await withGphoto2('canon', async (gphoto2, file) => {
      await gphoto2(
        '--set-config',
        'capturetarget=1',
        '--capture-image-and-download',
        '--filename',
        'card.jpg',
      );
      expect(Buffer.compare(await file('card.jpg'), photograph(2))).toBe(0);
      await gphoto2(
        '--set-config',
        'capturetarget=0',
        '--capture-image-and-download',
        '-F',
        '3',
        '-I',
        '1',
        '--filename',
        '%n.jpg',
      );
      for (const shot of [1, 2, 3])
        expect(Buffer.compare(await file(`${shot}.jpg`), photograph(shot + 2))).toBe(0);
    });
  });

  it.each(['canon', 'nikon'] as const)('shows the live view (%s)', { timeout: 60_000 }, async (dialect) => {
    await withGphoto2(dialect, async (gphoto2, file) => {
      await gphoto2('--capture-preview', '--filename', 'live.jpg');
      const frame = await file('thumb_live.jpg');
      expect([0, 1].map((number) => Buffer.compare(frame, picture(number)))).toContain(0);
    });
  });
});
