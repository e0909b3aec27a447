// Runs the lab files of all packages (packages/*/lab/**/*.lab.ts) on kernel-real devices. Arguments that are no options choose files by
// a part of their path; options go to `device-lab run`. The last line is `lab: N passed, N failed` or `lab: skipped: REASON`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './workspace.mjs';

/** From the start of setup to the last line. */
const LIMIT_MS = 600_000;
const started = Date.now();
const built = join(root, 'node_modules', '.cache', 'lab');

function fail(message) {
  console.error(`lab: ${message}`);
  console.log('lab: 0 passed, 1 failed');
  process.exit(1);
}

function* labFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* labFiles(path);
    else if (entry.name.endsWith('.lab.ts')) yield relative(root, path);
  }
}

const words = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const options = process.argv.slice(2).filter((each) => each.startsWith('--'));

// The runner of the lab comes from its package's build; the lab files are built below from the sources of all.
const runner = ['formats', 'core', 'device-lab'];
const setup = spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs'), ...runner], {
  stdio: 'inherit',
  timeout: LIMIT_MS,
});
if (setup.status !== 0) fail('setup failed');

const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'lab'));
const sources = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => [...labFiles(folder)])
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
  .sort();
if (sources.length === 0) fail('there is no such lab file');

// The guest has no compiler, and it takes ten seconds of processor time to load rxjs from its two hundred files: each lab
// file is built with all of it and of our packages; other libraries stay where they are installed, as they may have native parts.
const { build } = await import('tsup');
rmSync(built, { recursive: true, force: true });
await build({
  config: false,
  entry: Object.fromEntries(sources.map((path) => [path.replace(/\.ts$/, ''), join(root, path)])),
  outDir: built,
  format: ['esm'],
  outExtension: () => ({ js: '.mjs' }),
  target: 'node20',
  // One file each: a test is named by the file that it stands in.
  splitting: false,
  silent: true,
  removeNodeProtocol: false,
  skipNodeModulesBundle: true,
  noExternal: [/^(@buergerkoffer|rxjs)\b/],
  esbuildOptions: (options) => {
    options.conditions = ['@buergerkoffer/source'];
  },
}).catch((error) => fail(`the lab files cannot be built: ${error.message}`));

const limit = Math.max(1, Math.floor((LIMIT_MS - (Date.now() - started)) / 1_000));
const files = sources.map((path) => join(built, path.replace(/\.ts$/, '.mjs')));
const { runProcess } = await import('../packages/device-lab/dist/node/lab/index.js');
// The run as a whole has a limit, and files run side by side: one may take most of it on a computer that is slow.
await runProcess([
  'run',
  '--limit',
  String(limit),
  '--file-limit',
  String(Math.min(limit, 420)),
  '--relative-to',
  built,
  ...options,
  ...files,
]);
