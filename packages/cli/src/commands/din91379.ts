import { Command, Option } from 'commander';
import type { StringLatinFault, StringLatinType } from '@buergerkoffer/formats';
import {
  checkStringLatin,
  germanLatinFault,
  InputError,
  transliterateAscii,
  transliterateMrz,
} from '@buergerkoffer/formats';
import type { Run } from '../command.js';
import type { Output } from '../output.js';
import { readInput, STANDARD_INPUT } from '../read-input.js';

const TYPES = ['A', 'B', 'C', 'D', 'E'] as const satisfies readonly StringLatinType[];
const MAX_BYTES = 16 * 1024 * 1024;

const HELP = `
Data types of DIN 91379:2022-08: A names of persons, B other names, C texts of authorities (XMeld), D with extended
signs, E all. Texts are in normal form C; a letter written as base and mark where one code point is required is told.
Exit code 1 when a text is not of the type.

Examples:
  $ koffer din91379 'Đặng Thị Hà' --type A
  $ koffer din91379 - --json < namen.txt      # a text per line; keeps names out of the list of processes`;

/** `koffer din91379`: whether a text is of a data type of DIN 91379, and how machines that know less write it. */
export function din91379Command(run: Run): Command {
  return new Command('din91379')
    .description('Whether a text is of a data type of DIN 91379; its form in the MRZ and in ASCII')
    .argument('<text>', 'the text, or - for a text per line of standard input')
    .addOption(new Option('--type <type>', 'data type of DIN 91379').choices(TYPES).default('C'))
    .addHelpText('after', HELP)
    .action(
      run(async (output, text: string, { type }: { readonly type: StringLatinType }) => {
        for (const each of await textsOf(text, output)) judge(output, each, type);
      }),
    );
}

async function textsOf(text: string, output: Output): Promise<readonly string[]> {
  if (text !== STANDARD_INPUT) return [text];
  const bytes = await readInput(STANDARD_INPUT, MAX_BYTES, output.input);
  const lines = utf8(bytes).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('malformed', 'standard input is not UTF-8', { remedy: 'give the texts in UTF-8' });
  }
}

function judge(output: Output, text: string, datatype: StringLatinType): void {
  const fault = checkStringLatin(text, datatype);
  const datatypes = TYPES.filter((type) => checkStringLatin(text, type) === undefined);
  const nfc = text.normalize('NFC');
  const forms = {
    mrz: unlessUnknown(() => transliterateMrz(text)),
    ascii: unlessUnknown(() => transliterateAscii(text)),
  };
  output.answer(
    {
      type: 'din91379',
      text,
      datatype,
      valid: fault === undefined,
      ...(fault === undefined ? {} : { fault: { ...fault, german: germanLatinFault(fault) } }),
      datatypes,
      isNfc: nfc === text,
      ...(nfc === text ? {} : { nfc }),
      ...forms,
    },
    [
      fault === undefined ? `${text}: data type ${datatype}` : `${text}: ${describe(fault)}`,
      `  data types: ${datatypes.join(' ') || 'none'}`,
      ...(nfc === text ? [] : [`  in normal form C: ${nfc}`]),
      ...(forms.mrz === undefined ? [] : [`  MRZ: ${forms.mrz}`]),
      ...(forms.ascii === undefined ? [] : [`  ASCII: ${forms.ascii}`]),
    ],
  );
  if (fault !== undefined) output.judgeBad();
}

function describe({ reason, type, grapheme, codePoint }: StringLatinFault): string {
  const what = reason === 'not-nfc' ? 'is not in normal form C' : `is not in data type ${type}`;
  return `character ${grapheme + 1} (${codePoint}) ${what}`;
}

/** The form, `undefined` where a character has none. */
function unlessUnknown(form: () => string): string | undefined {
  try {
    return form();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
