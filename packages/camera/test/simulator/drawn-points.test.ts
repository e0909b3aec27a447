import { describe, expect, it, vi } from 'vitest';
import { openFaceLocator } from '../../src/node/face-locator.js';
import { assessPhoto, findCrop } from '../../src/photo/index.js';
import { drawnFacePoints, drawnPerson, drawPortrait } from '../../src/simulator/index.js';

vi.setConfig({ testTimeout: 60_000 });

describe('the points of a drawn face', () => {
  it('lie where the networks see the face: eyes within 4 % of the eye distance, nose, mouth and chin within 10', async () => {
    const person = drawnPerson(2);
    const points = drawnFacePoints(person);
    const locator = await openFaceLocator();
    const [found] = await locator.locate(drawPortrait(person));
    await locator.close();
    const off = (name: keyof typeof points): number => {
      const [drawn, seen] = [points[name], found?.points[name]];
      return drawn === undefined || seen === undefined
        ? Number.NaN
        : Math.hypot(drawn.x - seen.x, drawn.y - seen.y) / 336;
    };
    for (const name of ['rightEyeInner', 'rightEyeOuter', 'leftEyeInner', 'leftEyeOuter'] as const)
      expect(off(name), name).toBeLessThan(0.04);
    for (const name of ['chin', 'mouthRight', 'mouthLeft', 'noseTip', 'upperLip'] as const)
      expect(off(name), name).toBeLessThan(0.1);
  });

  it('meet all mandatory criteria, whoever is drawn', () => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const person = drawnPerson(seed);
      const points = drawnFacePoints(person);
      expect(findCrop({ widthPx: 1244, heightPx: 1600 }, points)).toMatchObject({
        type: 'fits',
        frame: { heightPx: 1600, turnedDeg: 0 },
      });
      const { criteria } = assessPhoto(drawPortrait(person), { points });
      const open = criteria.filter(({ isMandatory, verdict }) => isMandatory && verdict !== 'ok');
      expect(open, `seed ${seed}`).toEqual([]);
    }
  });
});
