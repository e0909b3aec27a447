// Fits the weights of packages/fingerprint/src/minutiae/minutia-quality.ts to the minutiae that FingerJetFX OSE
// reports, and prints them with their errors: also those on images whose group had no part in the fit.
// node scripts/minutiae/fit-quality.mjs (needs ../shared/data/fingerprint and `npm run build`).
import { readFileSync } from 'node:fs';
import { minutiaCandidates } from '@buergerkoffer/fingerprint/minutiae';
import { analysePrint, qualityOf } from '@buergerkoffer/fingerprint/nfiq2';
import { DATA, forest, imageOf, references } from './reference-images.mjs';

const NAMES = ['none', 'coherence', 'ridgeShare', 'power', 'oppositeDistance'];

/** Images of one series or one card are one group. */
const groupOf = (name) => /^(SFinGe|a001|sample)/.exec(name)?.[0] ?? name;

/** Which candidates the reference reports, too: within 9 pixels and 0.6 radians, the nearest first. */
function labelsOf(candidates, reported) {
  const pairs = candidates.flatMap(({ minutia }, i) =>
    reported.flatMap(([x, y, angle256], j) => {
      const apart = Math.hypot(minutia.x - x, minutia.y - y);
      const turn = Math.acos(Math.cos(minutia.angle - (angle256 * Math.PI) / 128));
      return apart < 9 && turn < 0.6 ? [{ i, j, cost: apart + 6 * turn }] : [];
    }),
  );
  const labels = new Array(candidates.length).fill(0);
  const taken = new Set();
  for (const { i, j } of pairs.sort((a, b) => a.cost - b.cost)) {
    if (labels[i] === 1 || taken.has(j)) continue;
    labels[i] = 1;
    taken.add(j);
  }
  return labels;
}

const prints = references.map(([name, expected]) => {
  const analysis = analysePrint(imageOf(name));
  const { minutiae } = JSON.parse(readFileSync(new URL(`minutiae/fingerjetfx/${name}.json`, DATA), 'utf8'));
  const candidates = minutiaCandidates(analysis.print);
  const rows = candidates.map(({ evidence }) => NAMES.map((key) => (key === 'none' ? 1 : evidence[key])));
  const labels = labelsOf(candidates, minutiae);
  return { group: groupOf(name), analysis, expected, candidates, rows, labels, wanted: minutiae.length };
});

const dot = (row, weights) => row.reduce((sum, value, k) => sum + value * weights[k], 0);

/** Weight of a print: groups of many prints count less than so many prints, more than one. */
const shareOf = (print, all) => 1 / Math.sqrt(all.filter(({ group }) => group === print.group).length);

/** Logistic regression by Newton's method; each print counts as much as another, whatever it holds. */
function fit(all) {
  let weights = NAMES.map(() => 0);
  for (let round = 0; round < 25; round += 1) {
    const gradient = NAMES.map(() => 0);
    const hessian = NAMES.map((_, k) => NAMES.map((__, l) => (k === l ? 1e-9 : 0)));
    for (const print of all) {
      const share = shareOf(print, all) / print.rows.length;
      print.rows.forEach((row, i) => {
        const chance = 1 / (1 + Math.exp(-dot(row, weights)));
        row.forEach((value, k) => {
          gradient[k] += share * (print.labels[i] - chance) * value;
          row.forEach((other, l) => (hessian[k][l] += share * chance * (1 - chance) * value * other));
        });
      });
    }
    const step = solved(hessian, gradient);
    weights = weights.map((weight, k) => weight + step[k]);
  }
  return balanced(weights, all);
}

function solved(matrix, vector) {
  const rows = matrix.map((row, k) => [...row, vector[k]]);
  for (let k = 0; k < rows.length; k += 1) {
    for (let l = 0; l < rows.length; l += 1) {
      if (l === k) continue;
      const factor = rows[l][k] / rows[k][k];
      rows[l] = rows[l].map((value, column) => value - factor * rows[k][column]);
    }
  }
  return rows.map((row, k) => row.at(-1) / row[k]);
}

/** Moves `none` so that the numbers of minutiae are least off in all. */
function balanced(weights, all) {
  let best = { off: Infinity, shift: 0 };
  for (let shift = -2; shift <= 4; shift += 0.05) {
    let off = 0;
    for (const print of all) {
      const count = print.rows.filter((row) => dot(row, weights) + shift >= 0).length;
      off += shareOf(print, all) * Math.abs(Math.log((count + 0.5) / print.wanted));
    }
    if (off < best.off) best = { off, shift };
  }
  return weights.map((weight, k) => (k === 0 ? weight + best.shift : weight));
}

/** Errors in the four measures and the score of each print by its weights. */
function errorsOf(weightsOf) {
  const errors = prints.map((print) => {
    const weights = weightsOf(print);
    const kept = print.candidates.filter((_, i) => dot(print.rows[i], weights) >= 0);
    const minutiae = { name: 'fitted', minutiaeOf: () => kept.map(({ minutia }) => minutia) };
    const { measures, score } = qualityOf(print.analysis, { forest, minutiae });
    const off = (name) => Math.abs(measures[name] - print.expected.measures[name]);
    const relative = (name) => off(name) / print.expected.measures[name];
    return {
      count: 100 * relative('FingerJetFX_MinutiaeCount'),
      centre: 100 * relative('FingerJetFX_MinCount_COMMinRect200x200'),
      dark: off('FJFXPos_Mu_MinutiaeQuality_2'),
      certain: off('FJFXPos_OCL_MinutiaeQuality_80'),
      score: Math.abs(score - print.expected.score),
    };
  });
  const mean = (key) => errors.reduce((sum, error) => sum + error[key], 0) / errors.length;
  const within = errors.filter(({ score }) => score <= 4).length;
  return (
    `number ${mean('count').toFixed(1)} %, about the centre ${mean('centre').toFixed(1)} %, ` +
    `dark ${mean('dark').toFixed(3)}, certain ${mean('certain').toFixed(3)}, ` +
    `score ${mean('score').toFixed(2)}, within 4: ${within} of ${errors.length}`
  );
}

const weights = fit(prints);
console.log(NAMES.map((name, k) => `${name}: ${weights[k].toFixed(3)}`).join(', '));
console.log(`mean errors, fitted on all:                  ${errorsOf(() => weights)}`);
const others = new Map(
  [...new Set(prints.map(({ group }) => group))].map((left) => [
    left,
    fit(prints.filter(({ group }) => group !== left)),
  ]),
);
console.log(`mean errors, fitted without the own group:   ${errorsOf(({ group }) => others.get(group))}`);
