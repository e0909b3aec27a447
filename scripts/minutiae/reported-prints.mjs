// Prints with the minutiae that FingerJetFX OSE reports of them, ready to fit and to judge the chances of
// packages/fingerprint/src/nfiq2/reported. A folder holds NAME.pgm and NAME.json (the list of minutiae, as in
// ../shared/data/fingerprint/minutiae/fingerjetfx).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError, readPnm } from '@buergerkoffer/formats';
import {
  analysePrint,
  listedMinutiae,
  qualityOf,
  readMinutiaeList,
  REPORT_EVIDENCE,
  reportCandidates,
} from '@buergerkoffer/fingerprint/nfiq2';
import { DATA, forest, imageOf, references } from './reference-images.mjs';

/** Farthest that a candidate lies from the minutia it stands for, in pixels; a turn of a radian weighs five. */
const NEAR = 20;
const TURN_WEIGHT = 5;

/** All prints of the data and of `folders`; what the reference or NFIQ 2 refuses is left out. */
export function* reportedPrints(folders) {
  for (const [name] of references) {
    const list = readFileSync(new URL(`minutiae/fingerjetfx/${name}.json`, DATA), 'utf8');
    yield* printOf('data', name, imageOf(name), list);
  }
  for (const folder of folders) {
    for (const file of readdirSync(folder).sort()) {
      const list = join(folder, file.replace(/\.pgm$/, '.json'));
      if (!file.endsWith('.pgm') || !existsSync(list)) continue;
      yield* printOf(
        basename(folder),
        file,
        readPnm(readFileSync(join(folder, file))),
        readFileSync(list, 'utf8'),
      );
    }
  }
}

function* printOf(group, name, image, listText) {
  try {
    const analysis = analysePrint(image);
    const reported = readMinutiaeList(listText);
    const expected = qualityOf(analysis, { forest, minutiae: listedMinutiae(reported) });
    const { minutiae, evidence } = reportCandidates({ ...analysis.print, channels: 1 });
    if (minutiae.length === 0 || reported.minutiae.length === 0) return;
    const aroundCentre = squareAbout(reported.minutiae);
    const print = { group, name, minutiae, evidence: Float32Array.from(evidence), expected };
    yield {
      ...print,
      labels: labelsOf(minutiae, reported.minutiae),
      wanted: reported.minutiae.length,
      wantedInside: reported.minutiae.filter(aroundCentre).length,
      isInside: minutiae.map(aroundCentre),
      // The analysis holds the image: it is made anew where the errors are measured.
      measured: (source) => qualityOf(analysePrint(image), { forest, minutiae: source }),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

/** Whether a minutia lies in the 200 x 200 pixels about the centre of `minutiae`, as NFIQ 2 counts. */
function squareAbout(minutiae) {
  const mean = (key) =>
    Math.floor(minutiae.reduce((sum, minutia) => sum + minutia[key], 0) / minutiae.length);
  const [x, y] = [mean('x'), mean('y')];
  return (minutia) => Math.abs(minutia.x - x) <= 100 && Math.abs(minutia.y - y) <= 100;
}

/** 1 for candidates that stand for a reported minutia, each for one, the nearest first. */
function labelsOf(candidates, reported) {
  const pairs = candidates.flatMap((a, i) =>
    reported.flatMap((b, j) => {
      const apart = Math.hypot(a.x - b.x, a.y - b.y);
      if (apart > NEAR) return [];
      return [{ i, j, cost: apart + TURN_WEIGHT * Math.acos(Math.cos(a.angle - b.angle)) }];
    }),
  );
  const labels = new Float32Array(candidates.length);
  const taken = new Set();
  for (const { i, j } of pairs.sort((a, b) => a.cost - b.cost)) {
    if (labels[i] === 1 || taken.has(j)) continue;
    labels[i] = 1;
    taken.add(j);
  }
  return labels;
}

export const EVIDENCE_SIZE = REPORT_EVIDENCE.length;
