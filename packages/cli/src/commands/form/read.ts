import { Command } from 'commander';
import { FORMS, readAnyForm, type ReturnedForm } from '@buergerkoffer/print/forms';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { withGermanRemedy } from '../../german-remedy.js';
import type { Output } from '../../output.js';
import { readInput } from '../../read-input.js';

interface Options {
  readonly out?: string;
}

/** Largest PDF file that is read, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

const HELP = `
What stands in the fields counts; data attached when the form was made fill in what is no field. Findings say which fields were
changed, cannot be read, are missing or contradict each other, never what they say. The exit code is 1 when the data are not
complete and right; electronic signatures are told, not verified.

Example:
  $ koffer form read antrag-ausgefuellt.pdf -o daten.json`;

/** `koffer form read`: the fields of returned fillable forms as data. */
export function readCommand(run: Run): Command {
  return new Command('read')
    .description('The data in the fields of returned fillable forms')
    .argument('<file...>', 'PDF files of koffer form render --fillable, or - for standard input')
    .option('-o, --out <file>', 'the JSON file to write; for one file')
    .addHelpText('after', HELP)
    .action(
      run(async (output, files: readonly string[], { out }: Options) => {
        if (out !== undefined && files.length > 1)
          throw new UsageError('-o is for one file', 'give one file, or leave -o out');
        for (const file of files) {
          try {
            const bytes = await readInput(file, MAX_BYTES, output.input);
            const form = await withGermanRemedy(() => readAnyForm(FORMS, bytes));
            if (out !== undefined && form.data !== undefined) await output.save(out, jsonOf(form.data));
            tell(output, file, form, out);
          } catch (error) {
            output.fail(error, file);
          }
        }
      }),
    );
}

function tell(output: Output, file: string, form: ReturnedForm<unknown>, out: string | undefined): void {
  const { formId, marking, data, read, findings, signed } = form;
  const complete = data !== undefined;
  const content = JSON.stringify(data ?? read, undefined, 2);
  output.answer(
    {
      type: 'form-data',
      file,
      id: formId,
      ...(marking === undefined ? {} : { caseNumber: marking.caseNumber, validFrom: marking.validFrom }),
      complete,
      data: data ?? read,
      findings,
      signed,
    },
    out === undefined
      ? [content]
      : [`${complete ? out : file}: ${formId}, ${complete ? 'complete' : 'not complete'}`],
  );
  for (const { code, path, message } of findings) output.note(`${path}: ${message} (${code})`);
  if (!complete) output.judgeBad();
}

function jsonOf(data: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(data, undefined, 2)}\n`);
}
