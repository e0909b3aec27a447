import { release } from 'node:os';
import { basename } from 'node:path';
import { defaultCacheFolder } from '../guest/cache.js';
import { lineSplitter } from '../guest/lines.js';
import { LabUnavailable } from '../guest/lab-unavailable.js';
import { prepareGuest } from '../guest/prepare-guest.js';
import { exitCodeOf, lastLine, type LabProgress } from '../lab/lab-progress.js';
import { runLab } from '../lab/run-lab.js';
import { diagnose } from './doctor.js';
import { openLog } from './log-file.js';
import { Narrator } from './narrator.js';
import { readWords, USAGE, type CommandWords } from './words.js';

/** Exit code of a process that was asked to end, as in a shell after SIGINT. */
const INTERRUPTED = 130;

/** The longest line of a file or its console that is logged, in characters. */
const LONGEST_LOGGED = 100_000;

/** How long a process that is done waits for what does not end, in milliseconds. */
const LINGER_MS = 2_000;

/** Runs `device-lab` with `args` as this process: its streams, signals and exit code are the process's own. */
export async function runProcess(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // Asked twice, it leaves at once; the kernel then ends the guest.
      if (interrupt.signal.aborted) process.exit(INTERRUPTED);
      interrupt.abort(new Error(`interrupted by ${name}`));
    });
  }
  try {
    process.exitCode = await perform(readWords(args), interrupt.signal);
  } catch (error) {
    process.stderr.write(`device-lab: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
  if (interrupt.signal.aborted) process.exitCode = INTERRUPTED;
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

async function perform(words: CommandWords, signal: AbortSignal): Promise<number> {
  switch (words.command) {
    case 'help':
      print(USAGE);
      return 0;
    case 'doctor': {
      const lines = await diagnose(signal);
      for (const line of lines) print(line);
      return 0;
    }
    case 'prepare':
      return prepare(signal);
    case 'run':
      return run(words, signal);
    default:
      return words satisfies never;
  }
}

async function prepare(signal: AbortSignal): Promise<number> {
  const say = (line: string): void => {
    print(`lab: ${line}`);
  };
  try {
    const cacheFolder = defaultCacheFolder();
    const kernel = await prepareGuest({ udev: true, kernel: 'newest', cacheFolder, say, signal });
    print(`lab: ready: ${kernel.name}`);
    return 0;
  } catch (error) {
    if (!(error instanceof LabUnavailable)) throw error;
    print(`lab: not ready: ${error.message}\n  → ${error.remedy}`);
    return 1;
  }
}

async function run(words: Extract<CommandWords, { command: 'run' }>, signal: AbortSignal): Promise<number> {
  const log = openLog(words.log, defaultCacheFolder());
  const toLog = (line: string): void => {
    log.write(`${line}\n`);
  };
  const narrator = new Narrator((line) => {
    if (!words.json) print(line);
    toLog(line);
  }, words.relativeTo);
  toLog(`Node ${process.version} on ${release()}`);
  const said = linesByFile((file, line) => {
    toLog(`${basename(file)} | ${line}`);
  });
  const tell = (progress: LabProgress): void => {
    if (words.json) print(JSON.stringify(progress));
    if (progress.type === 'console' || progress.type === 'output') said(progress.file, progress.text);
    narrator.tell(progress);
  };
  const result = await runLab({ ...words, tell, signal });
  if (words.json) print(JSON.stringify({ ...result, log: log.path }));
  else {
    print(`lab: the log is ${log.path}`);
    if (result.type === 'skipped' && result.remedy !== undefined) print(`  → ${result.remedy}`);
    print(lastLine(result));
  }
  toLog(lastLine(result));
  log.close();
  return exitCodeOf(result);
}

/** Takes pieces of what several files say at the same time, and passes on the lines of each. */
function linesByFile(onLine: (file: string, line: string) => void): (file: string, text: string) => void {
  const splitters = new Map<string, (text: string) => void>();
  return (file, text) => {
    const split =
      splitters.get(file) ??
      lineSplitter(LONGEST_LOGGED, (line) => {
        onLine(file, line);
      });
    splitters.set(file, split);
    split(text);
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
