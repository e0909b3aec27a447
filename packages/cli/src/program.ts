import { Command } from 'commander';
import type { CommandModule, Run } from './command.js';
import { auditCommand } from './commands/audit.js';
import { cameraCommand } from './commands/camera.js';
import { configCommand } from './commands/config.js';
import { demoCommand } from './commands/demo.js';
import { devicesCommand } from './commands/devices.js';
import { din91379Command } from './commands/din91379.js';
import { doctorCommand } from './commands/doctor.js';
import { driversCommand } from './commands/drivers.js';
import { feeCommand } from './commands/fee.js';
import { fingerCommand } from './commands/finger.js';
import { formCommand } from './commands/form.js';
import { labelCommand } from './commands/label.js';
import { mrzCommand } from './commands/mrz.js';
import { photoCommand } from './commands/photo.js';
import { printCommand } from './commands/print.js';
import { printerCommand } from './commands/printer.js';
import { recordCommand } from './commands/record.js';
import { replayCommand } from './commands/replay.js';
import { udevCommand } from './commands/udev.js';
import { xoevCommand } from './commands/xoev.js';
import { version } from './version.js';

const COMMANDS: readonly CommandModule[] = [
  devicesCommand,
  (run) => doctorCommand(run),
  driversCommand,
  udevCommand,
  (run) => recordCommand(run),
  replayCommand,
  configCommand,
  auditCommand,
  feeCommand,
  fingerCommand,
  (run) => cameraCommand(run),
  photoCommand,
  labelCommand,
  xoevCommand,
  din91379Command,
  mrzCommand,
  formCommand,
  (run) => printerCommand(run),
  (run) => printCommand(run),
  demoCommand,
];

const CONVENTIONS = `
Every command takes --json: one JSON object per line on standard output, nothing else.
Exit codes: 0 done, 1 the input or the answer is bad, 2 wrong use, 3 a device, the disk or a service failed, 70 our bug.

Example:
  $ koffer doctor --json`;

/**
 * The command line of `koffer`, whose commands work through `run`; help and version, when asked for, go to `help`.
 * Parsing throws `CommanderError` instead of ending the process, and writes nothing itself.
 */
export function programFor(run: Run, help: (text: string) => void): Command {
  const program = new Command('koffer')
    .description('The Bürgerkoffer from a shell: devices, cases, forms, messages.')
    .version(version())
    .addHelpText('after', CONVENTIONS);
  for (const make of COMMANDS) program.addCommand(make(run));
  for (const command of allCommands(program)) {
    command
      .exitOverride()
      .option('--json', 'one JSON object per line')
      .option('--debug', 'show where an error came from')
      .configureOutput({ writeOut: help, writeErr: () => undefined });
  }
  return program;
}

function allCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
