// Packs every package as npm would publish it and checks the tarball: publint, types as an importer sees them
// (Are The Types Wrong, ESM only), and dependencies: declared = imported = explained in the README.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { packages, root } from './workspace.mjs';

const DEADLINE_MS = 120_000;

/** Output of `command`; rejects with it when the command fails. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: DEADLINE_MS,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(output))));
  });
}

async function publintFaults(tarball) {
  const file = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) },
    strict: true,
  });
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

async function typeFaults(tarball) {
  const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
  try {
    await run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--no-color']);
    return [];
  } catch (error) {
    return [`types: ${error.message}`];
  }
}

function* builtFiles(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.(js|d\.ts)$/.test(entry.name))
      yield join(entry.parentPath ?? entry.path, entry.name);
  }
}

/** Which packages the built files (code and declarations) import, and which they name in a string, as `resolve` does. */
function used({ folder, manifest }, declared) {
  const imported = new Set();
  const named = new Set();
  for (const file of [...builtFiles(join(folder, 'dist')), ...builtFiles(join(folder, 'bin'))]) {
    const text = readFileSync(file, 'utf8');
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (/^(node:|\.)/.test(fileName)) continue;
      const [first, second] = fileName.split('/');
      imported.add(first.startsWith('@') ? `${first}/${second}` : first);
    }
    for (const name of declared) if (new RegExp(`["'\`]${name}["'\`/]`).test(text)) named.add(name);
  }
  imported.delete(manifest.name);
  return { imported, named };
}

/** The optional peers of our packages that this one depends on: an application installs them for those. */
function peersBrought({ manifest: { dependencies = {} } }) {
  const ours = packages().filter(({ manifest }) => manifest.name in dependencies);
  return new Set(ours.flatMap(({ manifest }) => Object.keys(manifest.peerDependenciesMeta ?? {})));
}

function dependencyFaults(each) {
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = each.manifest;
  const declared = Object.keys({ ...dependencies, ...peerDependencies });
  const { imported, named } = used(each, declared);
  const brought = peersBrought(each);
  const needed = declared.filter((name) => peerDependenciesMeta[name]?.optional !== true);
  const readme = join(each.folder, 'README.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : undefined;
  return [
    ...[...imported]
      .filter((name) => !declared.includes(name))
      .map((name) => `imports ${name}, which package.json does not declare`),
    ...declared
      .filter((name) => !named.has(name) && !brought.has(name))
      .map((name) => `declares ${name} and does not import it`),
    ...(text === undefined
      ? ['has no README.md']
      : needed
          .filter((name) => !text.includes(`\`${name}\``))
          .map((name) => `README.md does not say why ${name} is needed`)),
  ];
}

const destination = mkdtempSync(join(tmpdir(), 'pack-'));
let faulty = 0;
try {
  const all = packages();
  await run('npm', [
    'pack',
    '--workspaces',
    '--ignore-scripts',
    '--silent',
    '--pack-destination',
    destination,
  ]);
  const tarballOf = ({ name, version }) =>
    join(destination, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  const queue = [...all];
  const worker = async () => {
    for (let each = queue.shift(); each !== undefined; each = queue.shift()) {
      const tarball = tarballOf(each.manifest);
      const faults = [
        ...(await publintFaults(tarball)),
        ...(await typeFaults(tarball)),
        ...dependencyFaults(each),
      ];
      for (const fault of faults) console.error(`check:pack: ${each.manifest.name}: ${fault}`);
      if (faults.length > 0) faulty += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  console.log(`check:pack: ${all.length} packages, ${faulty === 0 ? 'all well' : `${faulty} with faults`}`);
} finally {
  rmSync(destination, { recursive: true });
}
process.exitCode = faulty === 0 ? 0 : 1;
