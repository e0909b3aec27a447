// What both the benchmark and its measure of memory work on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const DATA = fileURLToPath(new URL('../../../shared/data/xoev/', import.meta.url));
export const XMELD = 'http://www.osci.de/xmeld2511a';

/** A reference message grown to about 1 MB by repeating a way to reach its reader. */
export function grown() {
  const text = readFileSync(
    join(DATA, 'messages/reference/FachspezifischBehoerdenauskunft006a-1330.xml'),
    'utf8',
  );
  const [reach] = /<erreichbarkeit>[\s\S]*?<\/erreichbarkeit>\s*/.exec(text);
  return Buffer.from(text.replace(reach, reach.repeat(Math.ceil(1_000_000 / reach.length))));
}
