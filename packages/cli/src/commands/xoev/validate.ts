import type { Readable } from 'node:stream';
import { Command } from 'commander';
import { InputError } from '@buergerkoffer/formats';
import type { Run } from '../../command.js';
import { installedCodeLists } from '../../xoev/code-list-store.js';
import { judgeMessage, refused, type Judgement, type JudgeOptions } from '../../xoev/judge-message.js';
import { readMessageFile } from '../../xoev/read-message-file.js';
import { schemasOf, SCHEMAS_HELP, withSchemaOptions, type SchemaOptions } from '../../xoev/schema-options.js';

interface Options extends SchemaOptions {
  readonly production?: true;
}

const HELP = `${SCHEMAS_HELP}

A message is valid when neither its schema nor a rule finds an error. Codes are those of the Rückweisung that the fault
would provoke: X000 not well-formed, X001 not valid, S001 not UTF-8, V000 another version, S…, T… the rules. What needs a
code list that is not installed is not-assessed. Findings never quote a value. The exit code is 1 when a file is not valid.

Example:
  $ koffer xoev validate antrag.xml --schemas xmeld-25.11a --json`;

/** `koffer xoev validate`: what a receiver would object to, before the message leaves. */
export function validateCommand(run: Run): Command {
  const command = new Command('validate')
    .description('Check messages against their schema and the rules beyond it')
    .argument('<file...>', 'XML files, or - for standard input')
    .option('--production', 'the message is for real: an expired version or a test message is an error');
  return withSchemaOptions(command, true)
    .addHelpText('after', HELP)
    .action(
      run(async (output, files: readonly string[], options: Options) => {
        const library = await schemasOf(options);
        if (library === undefined) return;
        const judging: JudgeOptions = {
          library,
          lists: await installedCodeLists(),
          now: new Date(),
          production: options.production === true,
        };
        try {
          for (const file of files) {
            try {
              const judgement = await judgeFile(file, output.input, judging);
              output.answer({ type: 'message', file, ...judgement }, describe(file, judgement));
              if (!judgement.valid) output.judgeBad();
            } catch (error) {
              output.fail(error, file);
            }
          }
        } finally {
          library.close();
        }
      }),
    );
}

/** The judgement of a file; one that is too large to be read is not valid. */
async function judgeFile(
  file: string,
  input: Readable | undefined,
  options: JudgeOptions,
): Promise<Judgement> {
  try {
    return judgeMessage(await readMessageFile(file, input), options);
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'too-large') throw error;
    return refused(error.message);
  }
}

function describe(file: string, { valid, findings }: Judgement): readonly string[] {
  const verdict = valid ? 'valid' : 'NOT valid';
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const lines = findings.map(({ severity, code, line, message, path }) => {
    const place = line > 0 ? `line ${line}` : 'message';
    return `  ${place}: ${code} ${severity}: ${message}${path === '' ? '' : `\n    ${path}`}`;
  });
  return [
    `${file}: ${verdict}${errors === 0 ? '' : `, ${errors} ${errors === 1 ? 'error' : 'errors'}`}`,
    ...lines,
  ];
}
