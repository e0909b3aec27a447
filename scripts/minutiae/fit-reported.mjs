// Fits the chances that FingerJetFX OSE reports a minutia, writes packages/fingerprint/src/nfiq2/reported/
// reporting-model.ts, and prints how far counts and scores are off, also for groups that had no part in the fit:
// node scripts/minutiae/fit-reported.mjs [FOLDER...] (needs ../shared/data/fingerprint and `npm run build`).
// Folders are described in reported-prints.mjs; FOLDER=GROUP puts a folder into a group that is held out as one.
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { reportedAmong } from '@buergerkoffer/fingerprint/nfiq2';
import { EVIDENCE_SIZE, reportedPrints } from './reported-prints.mjs';
import { fitted } from './reporting-network.mjs';

const MODEL = new URL('../../packages/fingerprint/src/nfiq2/reported/reporting-model.ts', import.meta.url);
const groups = new Map(argv.slice(2).map((folder) => folder.split('=')));
const groupOf = ({ group }) => [...groups].find(([folder]) => folder.endsWith(`/${group}`))?.[1] ?? group;
const prints = [...reportedPrints([...groups.keys()])].map((print) => ({ ...print, source: groupOf(print) }));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function report(title, modelOf) {
  console.log(title);
  const rows = prints.map((print) => {
    const minutiae = reportedAmong(print, modelOf(print));
    const { measures, score } = print.measured({ name: 'fitted', minutiaeOf: () => minutiae });
    const { measures: wanted, score: wantedScore } = print.expected;
    const off = (name) => Math.abs(measures[name] - wanted[name]);
    return {
      group: print.group,
      number: (100 * off('FingerJetFX_MinutiaeCount')) / wanted.FingerJetFX_MinutiaeCount,
      centre:
        (100 * off('FingerJetFX_MinCount_COMMinRect200x200')) /
        Math.max(wanted.FingerJetFX_MinCount_COMMinRect200x200, 1),
      dark: off('FJFXPos_Mu_MinutiaeQuality_2'),
      certain: off('FJFXPos_OCL_MinutiaeQuality_80'),
      score: Math.abs(score - wantedScore),
    };
  });
  for (const group of [...new Set(rows.map((row) => row.group)), 'all']) {
    const own = rows.filter((row) => group === 'all' || row.group === group);
    const of = (key) => mean(own.map((row) => row[key]));
    const within = (points) => (100 * mean(own.map(({ score }) => Number(score <= points)))).toFixed(0);
    console.log(
      `${group.padEnd(16)} ${String(own.length).padStart(5)}  number ${of('number').toFixed(1)} %, ` +
        `centre ${of('centre').toFixed(1)} %, dark ${of('dark').toFixed(3)}, certain ${of('certain').toFixed(3)}, ` +
        `score ${of('score').toFixed(2)}, within 3: ${within(3)} %, within 4: ${within(4)} %`,
    );
  }
}

const model = fitted(prints, EVIDENCE_SIZE);
writeFileSync(
  MODEL,
  `import type { ReportingModel } from './reporting-chance.js';\n\n` +
    `/** Fitted by scripts/minutiae/reporting-network.mjs on ${prints.length} prints; see the README. */\n` +
    `export const REPORTING_MODEL: ReportingModel = ${JSON.stringify(model)};\n`,
);
report('fitted on all', () => model);
const others = new Map(
  [...new Set(prints.map(({ source }) => source))].map((left) => [
    left,
    fitted(
      prints.filter(({ source }) => source !== left),
      EVIDENCE_SIZE,
    ),
  ]),
);
report('fitted without the own source', ({ source }) => others.get(source));
