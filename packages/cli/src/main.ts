import { CommanderError, type Command } from 'commander';
import type { Run } from './command.js';
import { UsageError, type ExitCode } from './exit-code.js';
import { Output } from './output.js';
import { programFor } from './program.js';
import { processStreams, type Streams } from './streams.js';

/** Runs `koffer` with `args` (without node and script); resolves with the exit code, never rejects. */
export async function main(args: readonly string[], streams: Streams = processStreams()): Promise<ExitCode> {
  const output = new Output(streams, {
    json: hasFlag(args, '--json'),
    debug: hasFlag(args, '--debug') || process.env['KOFFER_DEBUG'] === '1',
  });
  const help: string[] = [];
  try {
    const program = await programFor(args, runWith(output), (text) => help.push(text));
    await program.parseAsync([...args], { from: 'user' }).catch((error: unknown) => {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) throw usageError(error, program, args);
      tellHelp(output, error, help.join(''));
    });
  } catch (error) {
    output.fail(error);
  }
  return output.exitCode;
}

function runWith(output: Output): Run {
  return (work) =>
    async (...parameters) => {
      try {
        await work(output, ...parameters);
      } catch (error) {
        output.fail(error);
      }
    };
}

/** Whether `flag` is given before or after the command; what follows `--` are names of files. */
function hasFlag(args: readonly string[], flag: string): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes(flag);
}

/** Help or version, which were asked for. */
function tellHelp(output: Output, error: CommanderError, text: string): void {
  const record =
    error.code === 'commander.version'
      ? { type: 'version', version: text.trim() }
      : { type: 'help', text: text.trimEnd() };
  output.answer(record, [text.trimEnd()]);
}

/** What the parser objects to, with the help of the command that was meant. */
function usageError(error: CommanderError, program: Command, args: readonly string[]): UsageError {
  const command = meantBy(args, program);
  const remedy = `see ${nameOf(command)} --help`;
  if (error.code !== 'commander.help') return new UsageError(error.message.replace(/^error: /, ''), remedy);
  const known = command.commands.map((each) => each.name()).join(', ');
  return new UsageError(`${nameOf(command)} needs a command: ${known}`, remedy);
}

/** The command that `args` name, as far as they do. */
function meantBy(args: readonly string[], program: Command): Command {
  return args.reduce<Command>(
    (command, arg) => command.commands.find((each) => each.name() === arg) ?? command,
    program,
  );
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
