import { Command } from 'commander';
import type { Run } from '../../command.js';
import { installedCodeLists } from '../../xoev/code-list-store.js';

const HELP = `
Example:
  $ koffer xoev lists --json`;

/** `koffer xoev lists`: the code lists that are installed. */
export function listsCommand(run: Run): Command {
  return new Command('lists')
    .description('The code lists that are installed, with version and validity')
    .addHelpText('after', HELP)
    .action(
      run(async (output) => {
        const { all } = await installedCodeLists();
        for (const { kennung, version, shortName, longName, agency, validFrom, rowCount, columns } of all) {
          output.answer(
            {
              type: 'codelist',
              ...{ kennung, version, shortName, longName, agency, validFrom },
              rows: rowCount,
              columns: columns.map(({ id }) => id),
            },
            [
              `${kennung}_${version}: ${rowCount} codes${validFrom === undefined ? '' : `, from ${validFrom}`}`,
            ],
          );
        }
        if (all.length === 0) output.note('No code lists are installed: koffer xoev install DIR');
      }),
    );
}
