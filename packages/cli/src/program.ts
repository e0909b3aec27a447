import { Command } from 'commander';
import type { Run } from './command.js';
import { COMMANDS, type CommandEntry } from './command-table.js';
import { version } from './version.js';

const CONVENTIONS = `
Every command takes --json: one JSON object per line on standard output, nothing else.
Exit codes: 0 done, 1 the input or the answer is bad, 2 wrong use, 3 a device, the disk or a service failed, 70 our bug.

Example:
  $ koffer doctor --json`;

/**
 * The command line of `koffer` for `args`, whose commands work through `run`; help and version, when asked for, go to
 * `help`. Of the commands only the one that `args` name is loaded. Parsing throws `CommanderError` instead of ending the
 * process, and writes nothing itself.
 */
export async function programFor(
  args: readonly string[],
  run: Run,
  help: (text: string) => void,
): Promise<Command> {
  const program = new Command('koffer')
    .description('The Bürgerkoffer from a shell: devices, cases, forms, messages.')
    .version(version())
    .addHelpText('after', CONVENTIONS);
  const named = namedBy(args);
  for (const entry of COMMANDS) {
    program.addCommand(entry.name === named ? (await entry.load())(run) : lineOf(entry));
  }
  for (const command of allCommands(program)) {
    command
      .exitOverride()
      .option('--json', 'one JSON object per line')
      .option('--debug', 'show where an error came from')
      .configureOutput({ writeOut: help, writeErr: () => undefined });
  }
  return program;
}

/** The first word that is no option, which of `koffer` itself take no value; `koffer help X` is about X. */
function namedBy(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  return first === 'help' ? second : first;
}

/** A command that is only listed. */
function lineOf({ name, arguments: all, summary }: CommandEntry): Command {
  const command = new Command(name).description(summary);
  return all === undefined ? command : command.arguments(all);
}

function allCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
