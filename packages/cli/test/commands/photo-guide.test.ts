import { existsSync, readFileSync } from 'node:fs';
import { decodePng, encodePng, rgbImage } from '@buergerkoffer/formats';
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

describe('koffer photo guide', () => {
  it('finds the face, says what to do in German and draws over a copy of the photo', async () => {
    const overlay = `${tempFolder()}/guide.png`;
    const file = tempFile('portrait.png', PORTRAIT);
    const { code, json, err } = await koffer(['photo', 'guide', file, '--overlay', overlay, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toMatchObject([{ type: 'photo', operation: 'guide', faces: 1, overlay }]);
    // 800 rows cannot give a picture of 1600: nearer, in the words of HLBS.
    expect(json[0]?.['hints']).toContainEqual({
      status: 'StepForward',
      text: 'Bitte etwas näher an die Kamera heran.',
      easy: 'Sie sind zu weit weg. Kommen Sie bitte näher.',
    });
    const drawn = await decodePng(new Uint8Array(readFileSync(overlay)));
    const photo = await decodePng(PORTRAIT);
    expect([drawn.width, drawn.height]).toEqual([photo.width, photo.height]);
    const changed = drawn.data.reduce((count, value, at) => count + (value === photo.data[at] ? 0 : 1), 0);
    expect(changed / drawn.data.length).toBeGreaterThan(0.005);
    expect(changed / drawn.data.length).toBeLessThan(0.2);
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
