// Schema sets and messages of OSCI-XMeld 25.11a, where the schemas lie in the data: compiling, judging 1 MB, reading and writing.
// Where Debian's xmllint is installed (libxml2-utils), the ratio of its whole process to a warm validation.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMessage, readMessageTree, writeMessage } from '@buergerkoffer/fachverfahren-xoev/message';
import { canonicalXml, openSchemas } from '@buergerkoffer/fachverfahren-xoev/schema-set';
import { DATA, grown, XMELD } from './xoev-peak/message.mjs';

const RUNS = 20;
const PEAK = fileURLToPath(new URL('xoev-peak/validate.mjs', import.meta.url));

export async function run({ measure, say }) {
  if (!existsSync(DATA)) {
    console.log('xoev: skipped, ../shared/data/xoev is not there');
    return;
  }
  const begunMs = performance.now();
  const library = await openSchemas(DATA);
  say('xoev: schemas opened, first time', performance.now() - begunMs, 1);
  const coldMs = performance.now();
  const coldCpu = process.cpuUsage();
  library.compile(XMELD);
  const { user, system } = process.cpuUsage(coldCpu);
  say('xoev: schema set compiled, first time', performance.now() - coldMs, 1);
  say('xoev: the same, processor time', (user + system) / 1000, 1);
  const message = grown();
  const warmMs = await measure(() => library.validate(message), { runs: RUNS });
  say(`xoev: ${(message.length / 1e6).toFixed(2)} MB validated, warm`, warmMs, RUNS);
  const peaks = Array.from({ length: 5 }, () =>
    Number(execFileSync(process.execPath, [PEAK], { encoding: 'utf8' })),
  );
  const megabytes = peaks.sort((one, other) => one - other).map((bytes) => Math.round(bytes / 1e6));
  console.log(
    `xoev: resident memory of a process that validates it, at the peak: ${megabytes.join(', ')} MB`,
  );
  const recompiled = async () => {
    const other = await openSchemas(DATA);
    other.compile(XMELD);
    other.close();
  };
  say('xoev: opened and compiled again', await measure(recompiled, { runs: 5 }), 5);
  const descriptor = library.describe(XMELD);
  say('xoev: the same read into a tree', await measure(() => readMessageTree(message), { runs: RUNS }), RUNS);
  const { root, value } = readMessage(descriptor, message);
  say(
    'xoev: read into its types',
    await measure(() => readMessage(descriptor, message), { runs: RUNS }),
    RUNS,
  );
  say('xoev: written', await measure(() => writeMessage(descriptor, root, value), { runs: RUNS }), RUNS);
  say('xoev: exclusive canonicalisation', await measure(() => canonicalXml(message), { runs: RUNS }), RUNS);
  library.close();
  peer(message, warmMs);
}

function peer(message, warmMs) {
  if (spawnSync('xmllint', ['--version']).error !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'xoev-'));
  try {
    const file = join(folder, 'message.xml');
    writeFileSync(file, message);
    const args = ['--nonet', '--noout', '--schema', join(DATA, 'xmeld-25.11a/xinneres.xmeld.xsd'), file];
    const env = { ...process.env, XML_CATALOG_FILES: join(DATA, 'catalog.xml') };
    const begunMs = performance.now();
    const { status } = spawnSync('xmllint', args, { env });
    const ratio = (performance.now() - begunMs) / warmMs;
    console.log(`xoev: xmllint, whole process (exit ${status}), takes ${ratio.toFixed(1)} times as long`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
