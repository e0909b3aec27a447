import { Command } from 'commander';
import { readMessage, writeMessage } from '@buergerkoffer/fachverfahren-xoev/message';
import type { Run } from '../../command.js';
import { SCHEMAS_HELP, withSchemaOptions, type SchemaOptions } from '../../xoev/schema-options.js';
import { withMessage } from '../../xoev/with-message.js';

interface Options extends SchemaOptions {
  readonly out: string;
}

const HELP = `${SCHEMAS_HELP}
Without --schemas the messages of OSCI-XMeld 25.11a that this release has builders for are known.

What is written differs from what was read only in white space between elements, comments, the place of declarations of
namespaces, and xsi:schemaLocation, which goes: both are the same under exclusive canonicalisation otherwise.

Example:
  $ koffer xoev roundtrip antrag.xml -o neu.xml --schemas xmeld-25.11a`;

/** `koffer xoev roundtrip`: a message through the typed reader and the typed writer. */
export function roundtripCommand(run: Run): Command {
  const command = new Command('roundtrip')
    .description('Read a message into its types and write it again')
    .argument('<file>', 'XML file, or - for standard input')
    .requiredOption('-o, --out <file>', 'the file to write, or - for standard output');
  return withSchemaOptions(command, false)
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string, options: Options) => {
        await withMessage(file, options, output.input, async (bytes, descriptor) => {
          const { root, value, prefixes } = readMessage(descriptor, bytes);
          const written = writeMessage(descriptor, root, value, { prefixes });
          const { standard, version } = descriptor;
          const what = { file, out: options.out, root, standard, version, bytes: written.length };
          await output.save(options.out, written);
          output.answer({ type: 'message', operation: 'roundtrip', ...what }, [
            `${file}: ${root} of ${standard} ${version}, ${written.length} bytes written to ${options.out}`,
          ]);
        });
      }),
    );
}
