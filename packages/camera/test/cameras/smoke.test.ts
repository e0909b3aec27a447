import { stillCamera } from '@buergerkoffer/device-lab';
import { expect, it } from 'vitest';
import { smallJpeg } from '../small-jpeg.js';
import { benchOf, eventsOf, photosOf } from '../support/camera-bench.js';

it('takes a photo', async () => {
  const picture = smallJpeg(40, 30);
  const bench = benchOf(stillCamera({ picture }));
  const camera = await bench.open();
  const events = await eventsOf(camera);
  expect(photosOf(events)[0]?.bytes).toEqual(picture);
  await camera.close();
});
