import { Option, type Command } from 'commander';
import { rootOf } from '@buergerkoffer/fachverfahren-xoev/message';
import type { SchemaDescriptor } from '@buergerkoffer/fachverfahren-xoev/message';
import type { SchemaLibrary } from '@buergerkoffer/fachverfahren-xoev/schema-set';
import { XMELD_25_11A_DESCRIPTOR } from '@buergerkoffer/fachverfahren-xoev/xmeld-25.11a';

/** Where the schemas lie. */
export interface SchemaOptions {
  readonly schemas?: readonly string[];
  readonly entry?: string;
}

/** Largest message that is read, in bytes; what is larger is refused unread. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

export const SCHEMAS_HELP = `
The schemas are the integrator's own, as the XRepository gives them: --schemas names a folder with the XSD files and the
catalog.xml that maps their addresses to files. Nothing is ever loaded from a network. Several folders, for several versions,
may be named; the namespace of a message chooses.`;

/** Adds `--schemas` and `--entry`. */
export function withSchemaOptions(command: Command, mandatory: boolean): Command {
  const schemas = new Option(
    '--schemas <dir>',
    'folder of XSD files and their catalog; may be given several times',
  )
    .argParser((folder: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), folder])
    .makeOptionMandatory(mandatory);
  return command
    .addOption(schemas)
    .option('--entry <file>', 'the XSD to begin with, where several could be meant');
}

/** The schemas that the options name; `undefined` when they name none. */
export async function schemasOf({ schemas, entry }: SchemaOptions): Promise<SchemaLibrary | undefined> {
  if (schemas === undefined) return undefined;
  // The validator is a megabyte of WebAssembly, which other commands do not wait for.
  const { openSchemas } = await import('@buergerkoffer/fachverfahren-xoev/schema-set');
  return openSchemas(schemas, entry === undefined ? {} : { entry });
}

/** The descriptor for a message: of the schemas, else the one that this release brings along. */
export function descriptorFor(library: SchemaLibrary | undefined, message: Uint8Array): SchemaDescriptor {
  const root = rootOf(message);
  if (library === undefined || root === undefined) return XMELD_25_11A_DESCRIPTOR;
  return library.describe(root.uri, root.local);
}
