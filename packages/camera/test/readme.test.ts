import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodePng } from '@buergerkoffer/formats';
import { expect, it, vi } from 'vitest';
import type { FacePoints } from '../src/photo/index.js';
import { drawnPerson, drawPortrait } from '../src/simulator/index.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));

it('the example of the README takes a photo', async () => {
  const readme = await readFile(join(HERE, '../README.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const folder = await mkdtemp(join(HERE, 'readme-'));
  try {
    await writeFile(join(folder, 'example.ts'), example);
    await import(/* @vite-ignore */ join(folder, 'example.ts'));
    await vi.waitFor(() => {
      expect(log.mock.calls.flat()).toContain('nicht geprüft');
    }, 10_000);
    expect(log.mock.calls.flat()).toContain('StandStill');
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
}, 20_000);

it('the example of ID photos makes the files of one', async () => {
  const readme = await readFile(join(HERE, '../README.md'), 'utf8');
  const [, , example = ''] = readme.split('```ts\n').map((part) => part.split('```')[0]);
  const folder = await mkdtemp(join(HERE, 'readme-'));
  try {
    await writeFile(join(folder, 'id-photo.ts'), example);
    const loaded: unknown = await import(/* @vite-ignore */ join(folder, 'id-photo.ts'));
    const { idPhoto } = loaded as { idPhoto: (file: Uint8Array, points: FacePoints) => Promise<object> };
    const photo = await encodePng(drawPortrait(drawnPerson(1)));
    const made = await idPhoto(photo, PORTRAIT_POINTS);
    expect(made).toMatchObject({
      total: 'not-assessed',
      done: [{ operation: 'encode' }],
    });
    expect(made).toMatchObject({ register: expect.any(Uint8Array), chip: expect.any(Uint8Array) });
    const far = await idPhoto(photo, { ...PORTRAIT_POINTS, chin: { x: 622, y: 1700 } });
    expect(far).toMatchObject({ message: expect.stringContaining('cut off') });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

/** Eyes and chin of a drawn portrait, from its face map. */
const PORTRAIT_POINTS: FacePoints = {
  rightEyeOuter: { x: 394, y: 735 },
  rightEyeInner: { x: 514, y: 735 },
  leftEyeInner: { x: 730, y: 735 },
  leftEyeOuter: { x: 850, y: 735 },
  chin: { x: 622, y: 1310 },
};
