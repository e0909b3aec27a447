import { Command } from 'commander';
import type { AnyDriver, DeviceManager, Diagnostic } from '@buergerkoffer/core';
import { entriesOf } from '../attached.js';
import type { DriverComputer } from '../doctor/driver-findings.js';
import { examine, type Examination } from '../doctor/findings.js';
import { DRIVERS } from '../drivers.js';
import type { Run } from '../command.js';
import type { Output } from '../output.js';
import { suitcase } from '../suitcase.js';
import { version } from '../version.js';

const HELP = `
Findings are errors (✗), warnings (!) and what is good to know (i), each with its remedy.
Exit code 1 when there is an error among them, 0 otherwise: a Fachverfahren that does not answer is an error.

Examples:
  $ koffer doctor
  $ koffer doctor --fachverfahren https://fachverfahren.example/ --json`;

/** What `koffer doctor` looks at instead of this computer and the drivers of this release: for tests. */
export interface DoctorSubject {
  readonly manager?: () => DeviceManager;
  readonly drivers?: readonly AnyDriver[];
  readonly driverComputer?: DriverComputer;
}

/** `koffer doctor`: what is attached, what is missing, and what to do about it. */
export function doctorCommand(run: Run, subject: DoctorSubject = {}): Command {
  const { manager = () => suitcase({ simulated: false }), drivers = DRIVERS, driverComputer } = subject;
  return new Command('doctor')
    .description('Check libraries, services, rights, folders, clock and devices, each with its remedy')
    .option('--fachverfahren <url>', 'also ask the Fachverfahren whether it answers')
    .addHelpText('after', HELP)
    .action(
      run(async (output, options: { readonly fachverfahren?: string }) => {
        const examination = await examine(manager(), {
          drivers,
          fachverfahren: options.fachverfahren,
          ...(driverComputer === undefined ? {} : { driverComputer }),
        });
        tellSystem(output);
        for (const { record, line } of entriesOf(examination)) output.answer(record, [line]);
        tellFindings(output, examination);
      }),
    );
}

function tellSystem(output: Output): void {
  const { platform, arch, versions } = process;
  const record = { type: 'system', koffer: version(), node: versions.node, platform, arch };
  output.answer(record, [`koffer ${record.koffer}, Node ${versions.node}, ${platform} ${arch}`]);
}

function tellFindings(output: Output, { devices, ports, findings }: Examination): void {
  for (const [index, finding] of findings.entries()) {
    // What several have in common is said once, behind the last of them.
    const isSaidNext = findings[index + 1]?.remedy === finding.remedy;
    output.answer({ type: 'finding', ...finding }, [
      `${MARK[finding.severity]} ${finding.message}`,
      ...(isSaidNext ? [] : [`    → ${finding.remedy}`]),
    ]);
  }
  const count = (severity: Diagnostic['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  const summary = {
    type: 'summary',
    devices: devices.length,
    ports: ports.length,
    errors: count('error'),
    warnings: count('warning'),
  };
  output.answer(summary, [
    `${summary.devices} devices, ${summary.ports} ports; ${summary.errors} errors, ${summary.warnings} warnings`,
  ]);
  if (summary.errors > 0) output.judgeBad();
}

const MARK: Readonly<Record<Diagnostic['severity'], string>> = { info: 'i', warning: '!', error: '✗' };
