import { Command } from 'commander';
import type { SchemaLibrary, SchemaSet } from '@buergerkoffer/fachverfahren-xoev/schema-set';
import { InputError } from '@buergerkoffer/formats';
import type { Run } from '../../command.js';
import { schemasOf, SCHEMAS_HELP, withSchemaOptions, type SchemaOptions } from '../../xoev/schema-options.js';

const HELP = `${SCHEMAS_HELP}

For each namespace: whether every address that its schemas draw in leads to a file of the folder (else the addresses that
do not), whether they compile, their version, SHA-256 and days of validity; ambiguous when several schemas of it exclude one
another and --entry must choose. The exit code is 1 when a schema is not closed or does not compile.

Example:
  $ koffer xoev schemas --schemas xmeld-25.11a`;

/** `koffer xoev schemas`: whether folders of schemas are complete. */
export function schemasCommand(run: Run): Command {
  const command = new Command('schemas').description('Whether schemas are complete, closed and usable');
  return withSchemaOptions(command, true)
    .addHelpText('after', HELP)
    .action(
      run(async (output, options: SchemaOptions) => {
        const library = await schemasOf(options);
        if (library === undefined) return;
        try {
          for (const namespace of library.namespaces) {
            try {
              const set = library.setFor(namespace);
              if (set !== undefined) output.answer(...answerOf(set, await stateOf(library, set)));
            } catch (error) {
              output.fail(error, namespace);
            }
          }
        } finally {
          library.close();
        }
      }),
    );
}

/** Compiles the set; what its days mean today, or that it is not one schema. */
async function stateOf(library: SchemaLibrary, { namespace, validity }: SchemaSet): Promise<string> {
  const { validityOn } = await import('@buergerkoffer/fachverfahren-xoev/schema-set');
  try {
    library.compile(namespace);
    return validityOn(validity, new Date());
  } catch (error) {
    if (error instanceof InputError && error.code === 'not-allowed') return 'ambiguous';
    throw error;
  }
}

function answerOf(set: SchemaSet, state: string): readonly [object, readonly string[]] {
  const { namespace, version, sha256, entries, documents, validity } = set;
  return [
    {
      type: 'schema-set',
      namespace,
      version,
      state,
      ...validity,
      sha256,
      entries,
      documents: documents.size,
    },
    [
      `${namespace}: ${version ?? 'no version'}, ${documents.size} documents, ${state}, ${sha256.slice(0, 12)}…`,
    ],
  ];
}
