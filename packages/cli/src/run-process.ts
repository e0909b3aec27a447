import { EXIT } from './exit-code.js';
import { main } from './main.js';
import { processStreams } from './streams.js';

/** How long a process that is done waits for a native call that hangs, in milliseconds. */
const LINGER_MS = 2_000;

/** Runs `koffer` as this process: arguments, streams and exit code are the process's own. */
export async function runProcess(): Promise<void> {
  process.on('uncaughtException', (error) => {
    const message = `an error that nobody handled: ${error.message}`;
    const remedy = 'report this with the output of --debug';
    if (process.argv.includes('--json')) {
      const shape = { kind: 'bug', code: 'bug', message, remedy };
      process.stdout.write(`${JSON.stringify({ type: 'error', error: shape })}\n`);
    } else process.stderr.write(`koffer: ${message}\n  → ${remedy}\n`);
    if (process.argv.includes('--debug')) process.stderr.write(`${error.stack ?? ''}\n`);
    process.exit(EXIT.bug);
  });
  process.exitCode = await main(process.argv.slice(2), processStreams());
  // A process that is done ends by itself; only a library call that never returns would hold it.
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
