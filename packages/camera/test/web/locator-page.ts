import type { FacePoints } from '../../src/photo/index.js';
import { drawnPerson, drawPortrait } from '../../src/simulator/index.js';
import { openFaceLocator } from '../../src/web/face-locator.js';

/** What the page of the browser test offers to it. */
export interface LocatorPage {
  /** The points of every face on the drawn portrait of this person, found with files of the page's own server. */
  locate(person: number, height: number): Promise<readonly FacePoints[]>;
}

const page: LocatorPage = {
  async locate(person, height) {
    const locator = await openFaceLocator({
      models: new URL('/models', location.href),
      wasm: new URL('/wasm', location.href),
    });
    try {
      const faces = await locator.locate(drawPortrait(drawnPerson(person), height));
      return faces.map(({ points }) => points);
    } finally {
      await locator.close();
    }
  },
};

Object.assign(globalThis, { page });
