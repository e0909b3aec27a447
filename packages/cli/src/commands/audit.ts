import { Command } from 'commander';
import type { AuditVerdict } from '@buergerkoffer/vault';
import { MAX_AUDIT_BYTES } from '@buergerkoffer/vault';
import { auditPublicKey, verifyAudit } from '@buergerkoffer/vault/node';
import type { Run } from '../command.js';
import { readInput } from '../read-input.js';

/** Largest file of a public key, in bytes. */
const MAX_KEY_BYTES = 64 * 1024;

const EXAMPLES = `
Without --key a chain that is whole is exit 0 as well, but says only that its lines fit each other: anybody
can write such a chain. Public keys of suitcases come from the authority, not from the chain.

Examples:
  $ koffer audit verify ausgabe/audit.jsonl --key ausgabe/audit-key.txt
  $ koffer audit verify a.jsonl b.jsonl --key koffer.pem --json
  $ ssh koffer cat audit.jsonl | koffer audit verify -`;

/** `koffer audit verify`: whether an audit chain is whole, and with a key, whose it is. */
export function auditCommand(run: Run): Command {
  const verify = new Command('verify')
    .description('Check an audit chain: with --key its origin is proved, without it integrity alone')
    .argument('<file...>', 'audit.jsonl, or - for standard input')
    .option('--key <file>', 'public key of the suitcase (PEM or 64 hex digits)')
    .addHelpText('after', EXAMPLES)
    .action(
      run(async (output, files: readonly string[], options: { readonly key?: string }) => {
        const key =
          options.key === undefined
            ? undefined
            : auditPublicKey(await readInput(options.key, MAX_KEY_BYTES, output.input));
        for (const file of files) {
          try {
            const chain = await readInput(file, MAX_AUDIT_BYTES, output.input);
            const verdict = verifyAudit(chain, key === undefined ? {} : { publicKey: key });
            output.answer({ type: 'audit', file, ...verdict }, [describe(file, verdict)]);
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
