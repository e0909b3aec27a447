// The rules beyond the schema on an official message, grown to a megabyte, and the list of all municipalities from
// genericode and from its compact form; where the data is absent it says so.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  codeLists,
  readCompactCodeList,
  readGenericode,
  writeCompactCodeList,
} from '@buergerkoffer/fachverfahren-xoev/codelists';
import { readMessageTree } from '@buergerkoffer/fachverfahren-xoev/message';
import { checkMessage } from '@buergerkoffer/fachverfahren-xoev/rules';

const DATA = new URL('../../shared/data/xoev/', import.meta.url);
const MESSAGE = new URL('messages/reference/FachspezifischBehoerdenauskunft006a-1330.xml', DATA);
const LIST = new URL('codelists/AGS_2026-04-30.xml.gz', DATA);
const MEGABYTE = 1_000_000;

/** The message with its first way to be reached repeated until it has a megabyte. */
function grown() {
  const text = readFileSync(MESSAGE, 'utf8');
  const [piece] = /<erreichbarkeit>[^]*?<\/erreichbarkeit>/.exec(text);
  const times = Math.ceil((MEGABYTE - text.length) / piece.length);
  return Buffer.from(text.replace(piece, piece.repeat(times + 1)));
}

export async function run({ measure, say }) {
  if (!existsSync(MESSAGE)) {
    console.log('xoev-rules: skipped, ../shared/data/xoev is not there');
    return;
  }
  const xml = gunzipSync(readFileSync(LIST));
  const list = readGenericode(xml);
  const compact = writeCompactCodeList(list);
  const lists = codeLists([list]);
  const options = { now: Date.now(), lists };
  const small = readMessageTree(readFileSync(MESSAGE));
  const bytes = grown();
  const large = readMessageTree(bytes);
  say('xoev-rules: 29 kB under the rules', await measure(() => checkMessage(small, options)));
  say(
    'xoev-rules: 1 MB under the rules',
    await measure(() => checkMessage(large, options), { runs: 20 }),
    20,
  );
  say('xoev-rules: 1 MB read as a tree', await measure(() => readMessageTree(bytes), { runs: 10 }), 10);
  say(
    `xoev-rules: genericode of ${xml.length} bytes`,
    await measure(() => readGenericode(xml), { runs: 5 }),
    5,
  );
  say(
    `xoev-rules: the same compact, ${compact.length} bytes`,
    await measure(() => readCompactCodeList(compact)),
  );
}
