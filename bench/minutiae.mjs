// Minutiae of one print of 416 x 560, and comparing two of them. Error rates: scripts/minutiae/*.mjs.
import { seededRandom } from '@buergerkoffer/core/simulation';
import { compareMinutiae, extractMinutiae, matchTemplate } from '@buergerkoffer/fingerprint/minutiae';
import { growFinger, ordinaryContact, printImage } from '@buergerkoffer/fingerprint/simulator';

const GLASS = { widthPx: 416, heightPx: 560, resolutionPpi: 500 };

function touch(skin, seed) {
  const random = seededRandom(seed);
  return printImage(skin, ordinaryContact(random), GLASS, random.fork('grain'));
}

export async function run({ measure, say }) {
  const skin = growFinger({ pattern: 'whorl' }, seededRandom(1));
  const other = growFinger({ pattern: 'whorl' }, seededRandom(2));
  const images = [touch(skin, 3), touch(skin, 4), touch(other, 5)];
  const lists = images.map((image) => extractMinutiae(image));
  const [a, b, c] = lists.map((list) => matchTemplate(list));
  const counts = lists.map(({ length }) => length).join(', ');
  say('minutiae: extract from 416 × 560', await measure(() => extractMinutiae(images[0])));
  say('minutiae: prepare a print for comparing', await measure(() => matchTemplate(lists[0])));
  say(`minutiae: compare two touches (${counts} minutiae)`, await measure(() => compareMinutiae(a, b)));
  say('minutiae: compare two fingers', await measure(() => compareMinutiae(a, c)));
}
