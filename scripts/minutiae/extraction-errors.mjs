// How far our minutiae are from those of FingerJetFX OSE in what NFIQ 2 takes from them, image by image:
// node scripts/minutiae/extraction-errors.mjs (needs ../shared/data/fingerprint and `npm run build`).
import { analysePrint, OWN_MINUTIAE, qualityOf } from '@buergerkoffer/fingerprint/nfiq2';
import { forest, imageOf, references } from './reference-images.mjs';

const MEASURES = {
  count: 'FingerJetFX_MinutiaeCount',
  centre: 'FingerJetFX_MinCount_COMMinRect200x200',
  dark: 'FJFXPos_Mu_MinutiaeQuality_2',
  certain: 'FJFXPos_OCL_MinutiaeQuality_80',
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rows = [];
for (const [name, expected] of references) {
  const { measures, score } = qualityOf(analysePrint(imageOf(name)), { forest, minutiae: OWN_MINUTIAE });
  const row = { name, score: score - expected.score };
  const columns = [name.padEnd(14), `score ${score} (${expected.score})`.padEnd(16)];
  for (const [key, measure] of Object.entries(MEASURES)) {
    const [own, theirs] = [measures[measure], expected.measures[measure]];
    row[key] = own - theirs;
    row[`${key}Relative`] = Math.abs(own - theirs) / theirs;
    const digits = Number.isInteger(theirs) && theirs > 1 ? 0 : 2;
    columns.push(`${key} ${own.toFixed(digits)} (${theirs.toFixed(digits)})`.padEnd(20));
  }
  rows.push(row);
  console.log(columns.join(' '));
}

const within = (points) => rows.filter(({ score }) => Math.abs(score) <= points).length;
console.log(`${rows.length} images, ours (FingerJetFX OSE)`);
console.log(`count: mean error ${(100 * mean(rows.map((row) => row.countRelative))).toFixed(1)} %`);
console.log(
  `count about the centre: mean error ${(100 * mean(rows.map((row) => row.centreRelative))).toFixed(1)} %`,
);
console.log(
  `share of dark surroundings: mean error ${mean(rows.map((row) => Math.abs(row.dark))).toFixed(3)}`,
);
console.log(`share of certain flow: mean error ${mean(rows.map((row) => Math.abs(row.certain))).toFixed(3)}`);
const scoreErrors = rows.map(({ score }) => Math.abs(score));
console.log(
  `score: mean error ${mean(scoreErrors).toFixed(2)}, bias ${mean(rows.map(({ score }) => score)).toFixed(2)}, ` +
    `within 3: ${within(3)}, within 4: ${within(4)}, largest ${Math.max(...scoreErrors)}`,
);
