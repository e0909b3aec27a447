import { expect, it, vi } from 'vitest';
import type { CloudDelivery, DeliveredPhoto } from '../src/epassfoto/index.js';
import { barcode, encrypted, IV, KEY } from './epassfoto/own-barcode.js';
import { withExample } from './readme-example.js';
import { smallJpeg } from './small-jpeg.js';

it('the example of the README finds a face, measures it and says what to do', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    await withExample(4, () => undefined);
    const values = Object.fromEntries(log.mock.calls.map(([name, native]: unknown[]) => [name, native]));
    expect(values['HeadSize']).toBeCloseTo(585 / 1600, 1);
  } finally {
    log.mockRestore();
  }
}, 90_000);

it('the example of the README opens a delivered photo', async () => {
  const { fetchPhoto } = (await withExample(5, (example) => example)) as {
    fetchPhoto(
      text: string,
      ask: (address: URL, photoId: string) => Promise<CloudDelivery>,
    ): Promise<DeliveredPhoto>;
  };
  const uuid = '1fa38e1f-0485-4d1e-83ab-9b6d816f1382';
  const photo = smallJpeg(64, 48);
  const opened = await fetchPhoto(barcode(), (address) => {
    expect(address.host).toBe('cloud.example');
    return Promise.resolve({
      encrypted: encrypted('aes-256-cfb', photo, KEY, IV),
      nutzerkennung: [uuid, uuid, uuid].join(':::'),
      sealCovers: () => true,
    });
  });
  expect(opened.photo.bytes).toEqual(photo);
}, 30_000);
