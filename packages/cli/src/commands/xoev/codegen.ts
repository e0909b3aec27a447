import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { generateCode, subsetOf } from '@buergerkoffer/fachverfahren-xoev/schema';
import type { SchemaDescriptor } from '@buergerkoffer/fachverfahren-xoev/message';
import type { SchemaLibrary } from '@buergerkoffer/fachverfahren-xoev/schema-set';
import { InputError } from '@buergerkoffer/formats';
import { storageErrorOf } from '@buergerkoffer/vault/node';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { writeOutput } from '../../write-output.js';
import { schemasOf, SCHEMAS_HELP, withSchemaOptions, type SchemaOptions } from '../../xoev/schema-options.js';

interface Options extends SchemaOptions {
  readonly out: string;
  readonly namespace?: string;
  readonly messages?: string;
  readonly import?: string;
}

const HELP = `${SCHEMAS_HELP}

Writes descriptor.ts, types.ts and index.ts: names, order, cardinality, qualification, facets, fixed values and the codes that
the schema itself lists, no texts. The same schemas give the same files, byte for byte. Without --namespace it is the one
with the most messages.

Example:
  $ koffer xoev codegen --schemas xmeld-25.11a -o src/generated/xmeld-25.11a --messages 0430,1700,1701`;

/** `koffer xoev codegen`: TypeScript types, reader, writer and zod schemas from a set of schemas. */
export function codegenCommand(run: Run): Command {
  const command = new Command('codegen')
    .description('TypeScript types, reader, writer and zod schemas for the messages of a schema set')
    .requiredOption('-o, --out <dir>', 'folder to write to')
    .option('--namespace <uri>', 'namespace of the messages')
    .option('--messages <list>', 'only these, by the last part of their names, with commas between')
    .option('--import <module>', 'module specifier of the SDK in the generated code');
  return withSchemaOptions(command, true)
    .addHelpText('after', HELP)
    .action(
      run(async (output, options: Options) => {
        const library = await schemasOf(options);
        if (library === undefined) return;
        try {
          const whole =
            options.namespace === undefined
              ? largest(library, (line) => {
                  output.note(line);
                })
              : library.describe(options.namespace);
          const descriptor =
            options.messages === undefined ? whole : subsetOf(whole, rootsNamed(whole, options.messages));
          const files = generateCode(
            descriptor,
            options.import === undefined ? {} : { messageModule: options.import },
          );
          await mkdir(options.out, { recursive: true }).catch((error: unknown) => {
            throw storageErrorOf(error, options.out);
          });
          for (const { name, text } of files)
            await writeOutput(join(options.out, name), new TextEncoder().encode(text));
          const { standard, version, sha256, roots, types } = descriptor;
          const counts = { messages: Object.keys(roots).length, types: Object.keys(types).length };
          output.answer(
            {
              type: 'codegen',
              out: options.out,
              standard,
              version,
              sha256,
              ...counts,
              files: files.map(({ name }) => name),
            },
            [
              `${standard} ${version}: ${counts.messages} messages and ${counts.types} types written to ${options.out}`,
            ],
          );
        } finally {
          library.close();
        }
      }),
    );
}

/** The descriptor with the most messages among the namespaces that can be described; the others are told. */
function largest(library: SchemaLibrary, tell: (line: string) => void): SchemaDescriptor {
  let found: SchemaDescriptor | undefined;
  const faults: Error[] = [];
  for (const namespace of library.namespaces) {
    try {
      const descriptor = library.describe(namespace);
      if (found === undefined || messagesOf(descriptor) > messagesOf(found)) found = descriptor;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(error);
      tell(`left out ${namespace}: ${error.message}`);
    }
  }
  if (found !== undefined) return found;
  throw (
    faults[0] ??
    new UsageError('the folder holds no schemas', 'name the folder of the XSD files with --schemas')
  );
}

function messagesOf({ roots }: SchemaDescriptor): number {
  return Object.keys(roots).length;
}

function rootsNamed(descriptor: SchemaDescriptor, list: string): readonly string[] {
  return list.split(',').map((each) => {
    const wanted = each.trim();
    const root = Object.keys(descriptor.roots).find(
      (name) => name === wanted || name.endsWith(`.${wanted}`) || name.endsWith(`:${wanted}`),
    );
    if (root === undefined)
      throw new UsageError(`the schemas have no message ${wanted}`, 'see koffer xoev codegen --help');
    return root;
  });
}
