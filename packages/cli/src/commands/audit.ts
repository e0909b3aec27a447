import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '@buergerkoffer/formats';
import { auditPublicKey, verifyAudit } from '@buergerkoffer/vault/node';
import type { AuditVerdict } from '@buergerkoffer/vault';
import type { Run } from '../main.js';

/** `koffer audit verify`: whether an audit chain is whole, and with a key, whose it is. */
export function auditCommand(run: Run): Command {
  const verify = new Command('verify')
    .description('Check an audit chain: with --key its origin is proved, without it integrity alone')
    .argument('<file...>', 'audit.jsonl')
    .option('--key <file>', 'public key of the suitcase (PEM or 64 hex digits)')
    .addHelpText('after', '\nExample:\n  $ koffer audit verify ausgabe/audit.jsonl --key koffer.pem')
    .action(
      run(async (output, files: readonly string[], options: { readonly key?: string }) => {
        const key = options.key === undefined ? undefined : auditPublicKey(await read(options.key));
        for (const file of files) {
          try {
            const verdict = verifyAudit(await read(file), key === undefined ? {} : { publicKey: key });
            output.answer({ file, ...verdict }, [describe(file, verdict)]);
            if (!verdict.verified) output.judgeBad();
          } catch (error) {
            output.fail(error, file);
          }
        }
      }),
    );
  return new Command('audit').description('Audit chains of finished cases').addCommand(verify);
}

function describe(file: string, verdict: AuditVerdict): string {
  if (verdict.verified) {
    const proved =
      verdict.keyed === 'origin'
        ? 'whole and signed by that key'
        : 'whole; its origin was not checked (no --key)';
    return `${file}: ${verdict.entries} entries, ${proved}`;
  }
  const fault = verdict.firstFault;
  return `${file}: NOT verified${fault === undefined ? '' : `, line ${fault.line}, byte ${fault.offset}: ${fault.message}`}`;
}

async function read(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new InputError('missing', 'the file cannot be read', { path: file, cause: error });
  });
}
