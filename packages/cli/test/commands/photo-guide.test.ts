import { existsSync, readFileSync } from 'node:fs';
import { decodePng, encodePng, rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { drawnPerson, drawPortrait } from '@buergerkoffer/camera/simulator';
import { describe, expect, it, vi } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile, tempFolder } from '../support/temp-folder.js';

const DATA = new URL('../../../../../shared/data/camera/photo/', import.meta.url).pathname;

vi.setConfig({ testTimeout: 60_000 });

const PORTRAIT = await encodePng(drawPortrait(drawnPerson(1), 800));
/** The same face, placed by hand: drawing units of the portrait at half their size. */
const POINTS = {
  rightEyeOuter: [200, 367],
  rightEyeInner: [254, 367],
  leftEyeInner: [368, 367],
  leftEyeOuter: [422, 367],
  chin: [311, 655],
  crown: [311, 75],
};

/** The portrait in the middle of a wall three times as high. */
function farAway(portrait: RgbImage): RgbImage {
  const { width, height, data } = portrait;
  const far = rgbImage({ width: 3 * width, height: 3 * height });
  far.data.fill(190);
  for (let row = 0; row < height; row += 1)
    far.data.set(
      data.subarray(3 * row * width, 3 * (row + 1) * width),
      3 * ((height + row) * far.width + width),
    );
  return far;
}

describe('koffer photo guide', () => {
  it('finds the face, says what to do in German and draws over a copy of the photo', async () => {
    const overlay = `${tempFolder()}/guide.png`;
    const file = tempFile('portrait.png', PORTRAIT);
    const { code, json, err } = await koffer(['photo', 'guide', file, '--overlay', overlay, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toMatchObject([{ type: 'photo', operation: 'guide', faces: 1, overlay }]);
    // The head fills the photo, and 800 rows cannot give a picture of 1600: nobody is asked nearer.
    expect(json).toMatchObject([{ hints: [], refusal: { advice: ['better-camera'] } }]);
    const drawn = await decodePng(new Uint8Array(readFileSync(overlay)));
    const photo = await decodePng(PORTRAIT);
    expect([drawn.width, drawn.height]).toEqual([photo.width, photo.height]);
    const changed = drawn.data.reduce((count, value, at) => count + (value === photo.data[at] ? 0 : 1), 0);
    expect(changed / drawn.data.length).toBeGreaterThan(0.005);
    expect(changed / drawn.data.length).toBeLessThan(0.2);
  });

  it('says in German what to do, to the person, to somebody in bed and to the clerk', async () => {
    const file = tempFile('far.png', await encodePng(farAway(drawPortrait(drawnPerson(1), 800))));
    const { code, json } = await koffer(['photo', 'guide', file, '--json']);
    expect(code).toBe(0);
    expect(json[0]?.['hints']).toContainEqual({
      status: 'StepForward',
      text: 'Bitte etwas näher an die Kamera heran.',
      easy: 'Sie sind zu weit weg. Kommen Sie bitte näher.',
      operator: 'Mit der Kamera etwas näher heran.',
      atRest: 'Wir kommen mit der Kamera näher. Bleiben Sie so.',
    });
    expect(json).toMatchObject([{ refusal: { advice: ['nearer'] }, clerk: { remedy: expect.any(String) } }]);
  });

  it('takes the points that a person placed', async () => {
    const points = tempFile('points.json', JSON.stringify(POINTS));
    const file = tempFile('portrait.png', PORTRAIT);
    const { code, json } = await koffer(['photo', 'guide', file, '--points', points, '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject([{ faces: 1, points: { chin: { x: 311, y: 655 } } }]);
  });

  it('draws the template where there is no face, and judges the photo bad', async () => {
    const overlay = `${tempFolder()}/guide.png`;
    const empty = tempFile('wall.png', await encodePng(rgbImage({ width: 300, height: 200 })));
    const { code, json } = await koffer(['photo', 'guide', empty, '--overlay', overlay, '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ faces: 0, hints: [{ status: 'SearchingFace' }] }]);
    expect(existsSync(overlay)).toBe(true);
  });

  it('writes nothing when the photo cannot be read', async () => {
    const overlay = `${tempFolder()}/guide.png`;
    const cut = tempFile('cut.png', PORTRAIT.subarray(0, 500));
    const { code, json } = await koffer(['photo', 'guide', cut, '--overlay', overlay, '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ type: 'error', error: { kind: 'input' } }]);
    expect(existsSync(overlay)).toBe(false);
  });

  it.skipIf(!existsSync(DATA))('sees two people (needs ../shared)', async () => {
    const { code, json } = await koffer(['photo', 'guide', `${DATA}sim-two-faces.jpg`, '--json']);
    expect(code).toBe(1);
    expect(json).toMatchObject([{ faces: 2 }]);
    expect(json[0]).toHaveProperty('hints.0.status', 'MultipleFaces');
  });
});
