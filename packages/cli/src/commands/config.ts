import { Command } from 'commander';
import { checkConfig, type CheckedConfig } from '../config/check.js';
import { exampleConfig } from '../config/example.js';
import type { Run } from '../command.js';
import type { Output } from '../output.js';
import { readInput } from '../read-input.js';

/** Largest configuration that is read, in bytes. */
const MAX_BYTES = 1024 * 1024;

/** `koffer config`: the one file that configures an authority: an example to start from, and its check. */
export function configCommand(run: Run): Command {
  return new Command('config')
    .description('Configuration of an authority')
    .addCommand(checkCommand(run))
    .addCommand(exampleCommand(run));
}

function checkCommand(run: Run): Command {
  return new Command('check')
    .description('Check the configuration of an authority, with the place of the first fault')
    .argument('<file...>', 'JSON files, or - for standard input')
    .addHelpText(
      'after',
      '\nWarnings (a certificate that ends soon, an address without TLS) leave the exit code 0.\n\nExample:\n  $ koffer config check musterstadt.json',
    )
    .action(
      run(async (output, files: readonly string[]) => {
        for (const file of files) {
          try {
            const bytes = await readInput(file, MAX_BYTES, output.input);
            tellChecked(output, file, checkConfig(textOf(bytes), new Date()));
          } catch (error) {
            output.fail(error, file);
          }
        }
      }),
    );
}

function tellChecked(output: Output, file: string, { config, warnings }: CheckedConfig): void {
  const { ags, name, policy } = config;
  output.answer({ type: 'config', file, valid: true, ags, name, policy: policy.id, warnings }, [
    `${file}: complete (AGS ${ags}, policy ${policy.id})`,
    ...warnings.flatMap(({ path, message, remedy }) => [`  ! ${message} (${path})`, `    → ${remedy}`]),
  ]);
}

function exampleCommand(run: Run): Command {
  return new Command('example')
    .description('Print a complete configuration to start from, with a fresh certificate for tests')
    .addHelpText('after', '\nExample:\n  $ koffer config example > musterstadt.json')
    .action(
      run(async (output) => {
        const config = await exampleConfig();
        output.answer(config, [JSON.stringify(config, undefined, 2)]);
        output.note(
          'The certificate is for tests, valid for 30 days; nobody has its private key.\n  → before the first visit replace it, and everything of Musterstadt, then run koffer config check',
        );
      }),
    );
}

/** UTF-8 text, without the byte order mark that editors leave. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
