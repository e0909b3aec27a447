// Compares the public API of every entry point with its report in etc/*.api.md; `--local` writes the reports anew.
// Run on declarations of a full build (`npm run api` does it): an incremental one may order the members of a union otherwise.
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { entryPoints, packages, root } from './workspace.mjs';

const unknown = process.argv.slice(2).filter((flag) => flag !== '--local');
if (unknown.length > 0) {
  console.error(`api: unknown argument ${unknown[0]}; usage: npm run api [-- --local]`);
  process.exit(64);
}
const localBuild = process.argv.includes('--local');
const base = JSON.parse(readFileSync(join(root, 'api-extractor.base.json'), 'utf8'));

function configOf(folder, { name, types }) {
  return ExtractorConfig.prepare({
    configObject: {
      ...base,
      projectFolder: folder,
      mainEntryPointFilePath: types,
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(folder, 'etc'),
        reportTempFolder: join(root, 'node_modules', '.cache', 'api'),
      },
    },
    configObjectFullPath: join(folder, 'api-extractor.json'),
    packageJsonFullPath: join(folder, 'package.json'),
  });
}

const entries = packages().flatMap((each) =>
  entryPoints(each).map((entry) => ({ ...entry, etc: join(each.folder, 'etc'), folder: each.folder })),
);
const unbuilt = entries.find(({ types }) => !existsSync(types));
if (unbuilt !== undefined) {
  console.error(`api: ${unbuilt.types} is missing; run npm run build first`);
  process.exit(1);
}

// One program for all entry points: each would read the same declarations again.
const compilerState = CompilerState.create(configOf(entries[0].folder, entries[0]), {
  additionalEntryPoints: entries.slice(1).map(({ types }) => types),
});
let faults = 0;
for (const { folder, etc, ...entry } of entries) {
  mkdirSync(etc, { recursive: true });
  const result = Extractor.invoke(configOf(folder, entry), {
    compilerState,
    localBuild,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel !== 'error' && message.logLevel !== 'warning') return;
      console.error(`api: ${entry.name}: ${message.formatMessageWithLocation(root)}`);
    },
  });
  if (!result.succeeded) faults += 1;
  const report = readFileSync(join(etc, `${entry.name}.api.md`), 'utf8');
  for (const [, name] of report.matchAll(/^\/\/ @public \(undocumented\)\nexport (.+?) [=({]/gm)) {
    console.error(`api: ${entry.name}: ${name} has no docstring`);
    faults += 1;
  }
}

for (const etc of new Set(entries.map((entry) => entry.etc))) {
  const known = new Set(entries.filter((entry) => entry.etc === etc).map(({ name }) => `${name}.api.md`));
  for (const file of readdirSync(etc).filter((name) => name.endsWith('.api.md') && !known.has(name))) {
    if (localBuild) rmSync(join(etc, file));
    else {
      console.error(`api: ${join(etc, file)} is the report of no entry point; run npm run api -- --local`);
      faults += 1;
    }
  }
}
console.log(
  `api: ${entries.length} entry points, ${faults === 0 ? 'every report is up to date' : `${faults} with faults`}`,
);
process.exitCode = faults === 0 ? 0 : 1;
