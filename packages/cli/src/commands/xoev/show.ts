import { Command } from 'commander';
import { codeLabel, type CodeLists } from '@buergerkoffer/fachverfahren-xoev/codelists';
import {
  messageSheet,
  readMessageTree,
  type SheetLine,
  type SheetOptions,
} from '@buergerkoffer/fachverfahren-xoev/message';
import type { Run } from '../../command.js';
import { installedCodeLists } from '../../xoev/code-list-store.js';
import { SCHEMAS_HELP, withSchemaOptions, type SchemaOptions } from '../../xoev/schema-options.js';
import { withMessage } from '../../xoev/with-message.js';

const HELP = `${SCHEMAS_HELP}
Without --schemas the messages of OSCI-XMeld 25.11a that this release has builders for are known; of others the plain text is shown.

The sheet is in German. It holds what the message holds: data of persons.

Example:
  $ koffer xoev show antwort.xml --schemas xmeld-25.11a`;

/** `koffer xoev show`: a message as a sheet to read. */
export function showCommand(run: Run): Command {
  const command = new Command('show')
    .description('A message as a readable German sheet')
    .argument('<file>', 'XML file, or - for standard input');
  return withSchemaOptions(command, false)
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string, options: SchemaOptions) => {
        const labelled = labels(await installedCodeLists());
        await withMessage(file, options, output.input, (bytes, descriptor) => {
          const root = readMessageTree(bytes);
          const lines = messageSheet(descriptor, root, labelled);
          output.answer(
            { type: 'sheet', file, root: root.local, namespace: root.namespace, lines },
            lines.map(lineOf),
          );
        });
      }),
    );
}

function labels(lists: CodeLists): SheetOptions {
  return {
    labelOf: (kennung, version, code) => {
      const list =
        (version === undefined ? undefined : lists.version(kennung, version)) ?? lists.versions(kennung)[0];
      return list === undefined ? undefined : codeLabel(list, code);
    },
  };
}

function lineOf({ level, label, text }: SheetLine): string {
  const indent = '  '.repeat(level);
  return text === undefined ? `${indent}${label}` : `${indent}${label}: ${text.replace(/\s+/gu, ' ')}`;
}
