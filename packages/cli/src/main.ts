import { Command, CommanderError } from 'commander';
import { auditCommand } from './commands/audit.js';
import { configCommand } from './commands/config.js';
import { demoCommand } from './commands/demo.js';
import { devicesCommand } from './commands/devices.js';
import { doctorCommand } from './commands/doctor.js';
import { feeCommand } from './commands/fee.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { Output, type Streams } from './output.js';

/** A command of `koffer`: adds itself to the program and does its work with the output it is given. */
export type CommandModule = (run: Run) => Command;

/** Wraps the work of a command: gives it the output, turns what it throws into a line and an exit code. */
export type Run = <A extends readonly unknown[]>(
  work: (output: Output, ...args: A) => Promise<void>,
) => (...args: A) => Promise<void>;

const COMMANDS: readonly CommandModule[] = [
  devicesCommand,
  doctorCommand,
  configCommand,
  auditCommand,
  feeCommand,
  demoCommand,
];

const PROCESS_STREAMS: Streams = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** Runs `koffer` with `args` (without node and script); resolves with the exit code, never rejects. */
export async function main(args: readonly string[], streams: Streams = PROCESS_STREAMS): Promise<ExitCode> {
  const output = new Output(streams, {
    json: args.includes('--json'),
    debug: args.includes('--debug') || process.env['KOFFER_DEBUG'] === '1',
  });
  const run: Run =
    (work) =>
    async (...parameters) => {
      try {
        await work(output, ...parameters);
      } catch (error) {
        output.fail(error);
      }
    };
  const program = new Command('koffer')
    .description('The Bürgerkoffer from a shell: devices, cases, forms, messages.')
    .version('0.1.0')
    .showHelpAfterError('(koffer --help shows all commands)')
    .addHelpText(
      'after',
      `
Every command takes --json: one JSON object per line on standard output, nothing else.
Exit codes: 0 done, 1 the input or the answer is bad, 2 wrong use, 3 a device, the disk or a service failed, 70 our bug.

Example:
  $ koffer doctor --json`,
    );
  for (const make of COMMANDS) program.addCommand(make(run));
  for (const command of allCommands(program)) {
    command
      .exitOverride()
      .option('--json', 'one JSON object per line')
      .option('--debug', 'show where an error came from')
      .configureOutput({
        writeOut: streams.out,
        // With --json the error is told as an object, below.
        writeErr: (text) => {
          if (!output.json) streams.err(text);
        },
      });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return output.exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      output.fail(error);
      return output.exitCode;
    }
    if (error.exitCode === 0) return EXIT.done;
    // Commander has told people already; a program is told here.
    if (output.json) output.fail(error);
    return EXIT.usage;
  }
}

function allCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
