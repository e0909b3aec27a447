import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '@buergerkoffer/formats';
import { readAuthorityConfig } from '@buergerkoffer/procedures/model';
import { recipientOfCertificate } from '@buergerkoffer/vault/node';
import type { Run } from '../main.js';

/** Largest configuration that is read, in bytes. */
const MAX_BYTES = 1024 * 1024;

/** `koffer config check`: whether the file that configures an authority is complete and right. */
export function configCommand(run: Run): Command {
  const check = new Command('check')
    .description('Check the configuration of an authority, with the place of the first fault')
    .argument('<file...>', 'JSON files')
    .addHelpText('after', '\nExample:\n  $ koffer config check musterstadt.json')
    .action(
      run(async (output, files: readonly string[]) => {
        for (const file of files) {
          try {
            const config = readAuthorityConfig(await readText(file));
            for (const { purpose, pem } of config.certificates) {
              if (purpose === 'sealing') await recipientOfCertificate(pem, new Date());
            }
            output.answer(
              { file, valid: true, ags: config.ags, name: config.name, policy: config.policy.id },
              [`${file}: complete (AGS ${config.ags}, policy ${config.policy.id})`],
            );
          } catch (error) {
            output.fail(error, file);
          }
        }
      }),
    );
  return new Command('config').description('Configuration of an authority').addCommand(check);
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new InputError('missing', 'the file cannot be read', { path: file, cause: error });
  });
  if (bytes.length > MAX_BYTES) throw new InputError('too-large', 'a configuration has at most 1 MiB');
  return bytes.toString('utf8');
}
