import { Command } from 'commander';
import { InputError } from '@buergerkoffer/formats';
import type { CodeList } from '@buergerkoffer/fachverfahren-xoev/codelists';
import type { Run } from '../../command.js';
import type { Output } from '../../output.js';
import type { StoredAs } from '../../xoev/code-list-store.js';
import { codeListFolder, storeCodeList } from '../../xoev/code-list-store.js';
import { genericodeFiles, readCodeListFile } from '../../xoev/genericode-files.js';

const HELP = `
Code lists are not part of this software. Get them from the XRepository (https://www.xrepository.de) in genericode, one
or many files in a folder, plain or packed with gzip (.xml .gc .gz); other files are passed over. They are kept
in $XDG_DATA_HOME/buergerkoffer/codelists, by default under ~/.local/share. Installing again changes nothing.

Example:
  $ koffer xoev install ~/Downloads/codelisten`;

/** `koffer xoev install`: keeps code lists where the rules and `koffer xoev code` find them. */
export function installCommand(run: Run): Command {
  return new Command('install')
    .description('Keep the code lists (genericode) of a folder for look-up and for the rules')
    .argument('<dir>', 'folder with code lists, or one of them')
    .addHelpText('after', HELP)
    .action(
      run(async (output, path: string) => {
        const files = await genericodeFiles(path);
        const counts: Record<StoredAs | 'skipped' | 'failed', number> = {
          installed: 0,
          unchanged: 0,
          replaced: 0,
          skipped: 0,
          failed: 0,
        };
        const seen = new Map<string, string>();
        for (const file of files) counts[await installFile(output, file, seen)] += 1;
        if (seen.size === 0 && counts.failed === 0) {
          throw new InputError('missing', 'there is no code list in genericode', {
            path,
            remedy: 'get code lists from the XRepository, in genericode',
          });
        }
        const { installed, unchanged, replaced, skipped, failed } = counts;
        output.answer({ type: 'install', folder: codeListFolder(), ...counts }, [
          `${codeListFolder()}: ${installed} installed, ${replaced} replaced, ${unchanged} unchanged, ` +
            `${skipped} other files, ${failed} failed`,
        ]);
      }),
    );
}

/** Stores the list of a file and tells it; `seen` holds the file of each version so far. */
async function installFile(
  output: Output,
  file: string,
  seen: Map<string, string>,
): Promise<StoredAs | 'skipped' | 'failed'> {
  try {
    const list = await readCodeListFile(file, output.input);
    if (list === undefined) return 'skipped';
    requireSingle(list, file, seen);
    const { storedAs, path, bytes } = await storeCodeList(list);
    const { kennung, version, validFrom, rowCount } = list;
    output.answer(
      { type: 'codelist', file, kennung, version, validFrom, rows: rowCount, storedAs, path, bytes },
      [`${storedAs.padEnd(9)}  ${kennung}_${version}: ${rowCount} codes`],
    );
    return storedAs;
  } catch (error) {
    output.fail(error, file);
    return 'failed';
  }
}

function requireSingle({ kennung, version }: CodeList, file: string, seen: Map<string, string>): void {
  const identity = `${kennung}_${version}`;
  const other = seen.get(identity);
  if (other !== undefined) {
    throw new InputError('not-allowed', `${other} holds the same version of the list`, {
      path: file,
      remedy: 'keep one of the two files',
    });
  }
  seen.set(identity, file);
}
