// Makes a fresh clone ready: installs when the lockfile changed, builds when a source changed, and says so. With names of packages it
// builds no more of an unbuilt clone than their JavaScript.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const DEADLINE_MS = 600_000;
const stamps = join(root, 'node_modules', '.cache', 'setup');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`setup: Node ${process.versions.node} is too old: install Node 20.19 or newer`);
  process.exit(2);
}

/** Runs `command` unless its inputs are those of the last successful run. */
function step(name, fingerprint, says, command, args) {
  const stamp = join(stamps, name);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  const started = Date.now();
  console.error(`setup: ${says} …`);
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: DEADLINE_MS,
    maxBuffer: 1 << 26,
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    console.error(
      `setup: ${command} ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ''}`,
    );
    process.exit(3);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, fingerprint);
  console.error(`setup: ${name} done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'test', 'etc'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.(ts|json)$/.test(entry.name)) yield path;
  }
}

function sourceFingerprint() {
  const hash = createHash('sha256').update(process.version);
  const tops = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'tsup.config.ts',
  ].map((f) => join(root, f));
  const sources = [...tops, ...files(join(root, 'packages')), ...files(join(root, 'examples'))].sort();
  for (const path of sources) hash.update(path).update(readFileSync(path));
  for (const group of ['packages', 'examples']) {
    for (const name of readdirSync(join(root, group))) {
      hash.update(String(existsSync(join(root, group, name, 'dist', 'index.js'))));
    }
  }
  return hash.digest('hex');
}

// npm ci empties node_modules, and with it the stamps: both steps then run again.
const lock = createHash('sha256')
  .update(process.version)
  .update(readFileSync(join(root, 'package-lock.json')));
step('install', lock.digest('hex'), 'installing the dependencies (npm ci)', 'npm', [
  'ci',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
]);

const only = process.argv.slice(2);
const build = join(stamps, 'build');
if (only.length === 0) {
  step('build', sourceFingerprint(), 'building the packages (tsc, tsup)', 'npm', [
    'run',
    '--silent',
    'build',
  ]);
  // What is built now is what the next run compares with.
  writeFileSync(build, sourceFingerprint());
} else if (!existsSync(build) || readFileSync(build, 'utf8') !== sourceFingerprint()) {
  process.env.BUILD_ONLY = only.join(',');
  const name = `build-${only.join('-')}`;
  step(name, sourceFingerprint(), `building ${only.join(', ')} (tsup)`, 'npx', ['tsup']);
  writeFileSync(join(stamps, name), sourceFingerprint());
}
