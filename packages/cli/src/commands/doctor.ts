import { Command } from 'commander';
import { firstValueFrom, lastValueFrom, takeUntil, timer } from 'rxjs';
import type { Diagnostic } from '@buergerkoffer/core';
import { systemDiagnostics } from '../system-diagnostics.js';
import { suitcase } from '../suitcase.js';
import type { Run } from '../main.js';

/** How long the buses may take to say what they miss, in milliseconds. */
const LISTEN_MS = 2_000;

/** `koffer doctor`: what is attached, what is missing, and what to do about it. */
export function doctorCommand(run: Run): Command {
  return new Command('doctor')
    .description('Check libraries, services, rights and attached devices, each with its remedy')
    .option('--fachverfahren <url>', 'also ask the Fachverfahren whether it answers')
    .addHelpText('after', '\nExample:\n  $ koffer doctor --fachverfahren https://fachverfahren.example/')
    .action(
      run(async (output, options: { readonly fachverfahren?: string }) => {
        const manager = suitcase({ simulated: false });
        const [ports, devices, said, system] = await Promise.all([
          firstValueFrom(manager.ports, { defaultValue: [] }),
          firstValueFrom(manager.devices, { defaultValue: [] }),
          lastValueFrom(manager.diagnostics.pipe(takeUntil(timer(LISTEN_MS))), { defaultValue: [] }),
          systemDiagnostics(options.fachverfahren),
        ]);
        const findings: readonly Diagnostic[] = [...system, ...said];
        for (const finding of findings) {
          output.answer({ type: 'finding', ...finding }, [
            `${MARK[finding.severity]} ${finding.message}`,
            `    → ${finding.remedy}`,
          ]);
        }
        const errors = findings.filter((finding) => finding.severity === 'error').length;
        output.answer(
          {
            type: 'summary',
            devices: devices.length,
            ports: ports.length,
            findings: findings.length,
            errors,
          },
          [`${devices.length} devices, ${ports.length} ports, ${findings.length} findings, ${errors} errors`],
        );
        if (errors > 0) output.judgeBad();
      }),
    );
}

const MARK: Readonly<Record<Diagnostic['severity'], string>> = { info: 'i', warning: '!', error: '✗' };
