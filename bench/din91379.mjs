// DIN 91379 on 20,000 names of seven lengths, with letters that are sequences; ratio to the pattern of the standard's
// schema where that lies beside the repository.
import { existsSync, readFileSync } from 'node:fs';
import { checkStringLatin, transliterateMrz } from '@buergerkoffer/formats';

const SCHEMA = new URL('../../shared/data/xoev/shared-xsd/din-norm-91379-datatypes.xsd', import.meta.url);
const NAMES = Array.from({ length: 20_000 }, (_, at) => `Großmüller-Đặng C̨̆ăr${'x'.repeat(at % 7)}`);

function patternOf(type) {
  const schema = readFileSync(SCHEMA, 'utf8');
  const value = /xs:pattern value="([^"]*)"/.exec(schema.slice(schema.indexOf(`"datatype${type}"`)))[1];
  return new RegExp(`^(?:${value.replace(/\\?&#x([0-9A-F]+);/g, (_, hex) => `\\u{${hex}}`)})$`, 'u');
}

export async function run({ measure, say }) {
  for (const type of ['A', 'C', 'E']) {
    const oursMs = await measure(() => NAMES.every((name) => checkStringLatin(name, type) === undefined));
    say(`din91379: ${NAMES.length} names in data type ${type}`, oursMs);
    if (!existsSync(SCHEMA)) continue;
    const pattern = patternOf(type);
    const peerMs = await measure(() => NAMES.every((name) => pattern.test(name)), { runs: 10 });
    say(`din91379: the schema's pattern ${type}, ${(peerMs / oursMs).toFixed(1)} times ours`, peerMs, 10);
  }
  say(
    `din91379: ${NAMES.length} names for the MRZ`,
    await measure(() => NAMES.map(transliterateMrz), { runs: 10 }),
    10,
  );
}
