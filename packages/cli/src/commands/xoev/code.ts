import { Command } from 'commander';
import { berlinDate, InputError, parseLocalDate } from '@buergerkoffer/formats';
import type { CodeList, CodeLists } from '@buergerkoffer/fachverfahren-xoev/codelists';
import { codeLabel, findCode, kennungOf } from '@buergerkoffer/fachverfahren-xoev/codelists';
import type { Run } from '../../command.js';
import { installedCodeLists } from '../../xoev/code-list-store.js';

interface Options {
  readonly on?: string;
  readonly listVersion?: string;
}

const HELP = `
LIST is the Kennung of a list, its last part or its short name, or a usual word: ags, staat, staatsangehoerigkeit,
geschlecht, familienstand, passart, dvdv. Code lists are installed with: koffer xoev install DIR

Exit code 1 when the list does not hold the code.

Examples:
  $ koffer xoev code ags 05315000 --on 2026-05-01
  $ koffer xoev code urn:de:xoev:codeliste:erreichbarkeit 01 --list-version 3 --json`;

/** `koffer xoev code`: what a code means on a day. */
export function codeCommand(run: Run): Command {
  return new Command('code')
    .description('What a code of an installed code list means on a day')
    .argument('<list>', 'Kennung, short name or usual word of the list')
    .argument('<code>', 'the code')
    .option(
      '--on <date>',
      'day on which the version of the list applies, YYYY-MM-DD (default: today in Berlin)',
    )
    .option('--list-version <version>', 'this version of the list, whatever the day')
    .addHelpText('after', HELP)
    .action(
      run(async (output, name: string, code: string, options: Options) => {
        const list = listFor(await installedCodeLists(), name, options);
        const values = findCode(list, code);
        const label = codeLabel(list, code);
        const { kennung, shortName, version, validFrom, agency } = list;
        const head = `${shortName}, Fassung ${version}${validFrom === undefined ? '' : `, gilt ab ${validFrom}`}`;
        output.answer(
          {
            type: 'code',
            list: kennung,
            shortName,
            version,
            validFrom,
            agency,
            code,
            found: values !== undefined,
            label,
            values,
          },
          values === undefined
            ? [`${code}: not in the list (${head})`]
            : [
                `${code}  ${label ?? ''}`.trimEnd(),
                ...Object.entries(values).map(([column, value]) => `  ${column}: ${value}`),
                `  (${head})`,
              ],
        );
        if (values === undefined) output.judgeBad();
      }),
    );
}

function listFor(lists: CodeLists, name: string, { on, listVersion }: Options): CodeList {
  const kennung = kennungOf(lists, name);
  const day = on === undefined ? berlinDate(Date.now()) : parseLocalDate(on, 'on');
  const list = listVersion === undefined ? lists.on(kennung, day) : lists.version(kennung, listVersion);
  if (list !== undefined) return list;
  const versions = lists.versions(kennung).map(({ version }) => version);
  throw new InputError('missing', 'no version of the list that applies is installed', {
    path: listVersion === undefined ? 'on' : 'list-version',
    remedy: `install it, or ask for an installed version: ${versions.join(', ')}`,
  });
}
