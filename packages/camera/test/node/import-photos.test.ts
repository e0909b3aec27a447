import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  importPhotos,
  openFolderCamera,
  type ImportedFile,
  type ImportOptions,
} from '@buergerkoffer/camera/node';
import { importFile } from '../../src/node/import-photos.js';
import { smallJpeg } from '../small-jpeg.js';
import { eventsOf, photosOf } from '../support/camera-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let card = '';

beforeEach(() => {
  card = mkdtempSync(join(tmpdir(), 'card-'));
  mkdirSync(join(card, 'DCIM', '100CANON'), { recursive: true });
});
afterEach(() => {
  rmSync(card, { recursive: true, force: true });
});

const photo = (name: string): string => join(card, 'DCIM', '100CANON', name);

/** Writes a file that was last touched so many seconds ago. */
function put(path: string, bytes: Uint8Array, secondsAgo = 60): void {
  writeFileSync(path, bytes);
  const at = Date.now() / 1_000 - secondsAgo;
  utimesSync(path, at, at);
}

async function all(options: ImportOptions = {}): Promise<readonly ImportedFile[]> {
  const files: ImportedFile[] = [];
  for await (const file of importPhotos(card, { pollMs: 20, ...options })) files.push(file);
  return files;
}

const names = (files: readonly ImportedFile[]) =>
  files.map(({ path, type }) => `${type} ${path.split('/').at(-1)}`);

describe('a memory card', () => {
  it('tells what it cannot read, and passes over what is no picture', async () => {
    put(photo('IMG_0000.webp'), new TextEncoder().encode('RIFF....WEBPVP8 '), 500);
    put(photo('IMG_0001.HEIC'), new TextEncoder().encode('....ftypheic'), 400);
    put(photo('IMG_0002.JPG'), new Uint8Array(0), 300);
    put(photo('IMG_0003.PNG'), smallJpeg(24, 16), 200);
    for (const name of ['IMG_0003.CR3', 'MVI_0004.MP4', '._IMG_0003.PNG', 'Thumbs.db'])
      put(photo(name), smallJpeg(24, 16), 100);
    expect(names(await all())).toEqual([
      'photo IMG_0003.PNG',
      'rejected IMG_0002.JPG',
      'rejected IMG_0001.HEIC',
      'rejected IMG_0000.webp',
    ]);
  });

  it('gives its photos newest first, with the bytes of the camera', async () => {
    put(photo('IMG_0001.JPG'), smallJpeg(24, 16), 300);
    put(photo('IMG_0003.jpeg'), smallJpeg(40, 16), 100);
    put(photo('IMG_0002.JPG'), smallJpeg(32, 16), 200);
    const files = await all();
    expect(names(files)).toEqual(['photo IMG_0003.jpeg', 'photo IMG_0002.JPG', 'photo IMG_0001.JPG']);
    expect(files[0]).toMatchObject({ photo: { widthPx: 40, bytes: smallJpeg(40, 16) } });
  });

  it('gives raw images, hidden files, links and other things not at all', async () => {
    put(photo('IMG_0001.CR2'), smallJpeg(24, 16));
    put(photo('._IMG_0002.JPG'), smallJpeg(24, 16));
    put(join(card, 'INDEX.TXT'), new Uint8Array(4));
    put(photo('IMG_0004.JPG'), smallJpeg(24, 16));
    symlinkSync(photo('IMG_0004.JPG'), photo('LINK.JPG'));
    expect(names(await all())).toEqual(['photo IMG_0004.JPG']);
  });

  it('tells what is no photo, with the reason, and goes on', async () => {
    put(photo('IMG_0001.JPG'), smallJpeg(24, 16), 10);
    put(photo('IMG_0002.JPG'), smallJpeg(24, 16).slice(0, 200), 20);
    put(photo('IMG_0003.JPG'), new TextEncoder().encode('no photo'), 30);
    const files = await all();
    expect(names(files)).toEqual(['photo IMG_0001.JPG', 'rejected IMG_0002.JPG', 'rejected IMG_0003.JPG']);
    expect(files.map((file) => (file.type === 'rejected' ? file.error.code : ''))).toEqual([
      '',
      'truncated',
      'unsupported',
    ]);
  });

  it('that is not there, or may not be read, says what to do', async () => {
    await expect(importPhotos(join(card, 'none')).next()).rejects.toMatchObject({
      kind: 'device',
      code: 'not-found',
    });
    if (process.getuid?.() === 0) return;
    chmodSync(card, 0);
    await expect(importPhotos(card).next()).rejects.toMatchObject({ code: 'access-denied' });
    chmodSync(card, 0o700);
  });
});

describe('a folder that is watched', () => {
  it('gives a file when it has stopped growing, whole, and each once', async () => {
    const stop = new AbortController();
    const bytes = smallJpeg(64, 48);
    writeFileSync(photo('IMG_0001.JPG'), bytes.slice(0, 400));
    const growing = setInterval(() => {
      appendFileSync(photo('IMG_0001.JPG'), '');
    }, 10);
    let written = 400;
    const more = setInterval(() => {
      appendFileSync(photo('IMG_0001.JPG'), bytes.slice(written, written + 400));
      written += 400;
      if (written < bytes.length) return;
      clearInterval(more);
      clearInterval(growing);
    }, 30);
    const files: ImportedFile[] = [];
    const watching = importPhotos(card, { watch: true, pollMs: 70, signal: stop.signal });
    const first = await watching.next();
    if (first.done !== true) files.push(first.value);
    put(photo('IMG_0002.JPG'), smallJpeg(32, 16), 0);
    const second = await watching.next();
    if (second.done !== true) files.push(second.value);
    stop.abort(new Error('enough'));
    await expect(watching.next()).rejects.toThrow('enough');
    expect(names(files)).toEqual(['photo IMG_0001.JPG', 'photo IMG_0002.JPG']);
    expect(files[0]).toMatchObject({ photo: { bytes } });
  });

  it('reads no more of a file than is allowed, however long it has become since it was seen', async () => {
    put(photo('IMG_0001.JPG'), smallJpeg(60, 40));
    expect(await importFile(photo('IMG_0001.JPG'), 10, { maxBytes: 100 })).toMatchObject({
      type: 'rejected',
      error: { code: 'too-large', message: expect.stringContaining('101 bytes') },
    });
  });

  it('is lost when the card is taken out', async () => {
    const watching = importPhotos(card, { watch: true, pollMs: 10 });
    const next = watching.next();
    setTimeout(() => {
      rmSync(card, { recursive: true, force: true });
    }, 50);
    await expect(next).rejects.toMatchObject({ code: 'lost' });
  });
});

describe('a folder as a camera', () => {
  it('waits for the next photos, and gives none that was there', async () => {
    put(photo('IMG_0001.JPG'), smallJpeg(24, 16));
    const camera = await openFolderCamera({ folder: card, pollMs: 20 });
    expect(camera.capabilities).toMatchObject({ bodyShutter: true, remoteShutter: false, liveView: false });
    setTimeout(() => {
      put(photo('IMG_0002.JPG'), smallJpeg(32, 16), 0);
    }, 100);
    setTimeout(() => {
      put(photo('IMG_0003.JPG'), smallJpeg(40, 16), 0);
    }, 300);
    const photos = photosOf(await eventsOf(camera, { shots: 2, patienceMs: 5_000 }));
    expect(photos.map(({ widthPx }) => widthPx)).toEqual([32, 40]);
    await camera.close();
    expect((await camera.ended).reason).toBe('closed');
  });

  it('refuses a remote shutter and a live view, and is lost with its folder', async () => {
    const camera = await openFolderCamera({ folder: card, pollMs: 20 });
    await expect(eventsOf(camera, { shutter: 'remote' })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(camera.preview().forEach(() => undefined)).rejects.toMatchObject({ code: 'unsupported' });
    setTimeout(() => {
      rmSync(card, { recursive: true, force: true });
    }, 50);
    await expect(eventsOf(camera)).rejects.toMatchObject({ code: 'lost' });
    expect((await camera.ended).reason).toBe('lost');
  });
});
