import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** An id of libccid's list: it takes no others. */
export const LISTED = { vendorId: 0x0c4b, productId: 0x9102 };

const SOCKET = '/run/pcscd/pcscd.comm';
const run = promisify(execFile);

/** Debian's PC/SC service, started and killed by a test. */
export class Pcscd {
  #daemon: ChildProcess | undefined;

  /** Starts it; resolves when its socket is there, rejects when it ends, as it does where another one runs. */
  async start(): Promise<void> {
    // Readers of other packages on this computer would be opened too.
    await run('sh', ['-c', `mkdir -p /run/pcscd; rm -f ${SOCKET} /etc/reader.conf.d/*`]);
    const daemon = spawn('pcscd', ['--foreground'], { stdio: 'ignore' });
    this.#daemon = daemon;
    while (!(await isThere())) {
      if (daemon.exitCode !== null) throw new Error(`pcscd ended with ${daemon.exitCode}`);
      await setTimeout(50);
    }
  }

  /** Kills it as nothing can be caught; its socket stays behind, as after a crash. */
  async kill(): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = undefined;
    if (daemon === undefined) return;
    const gone = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await gone;
  }
}

async function isThere(): Promise<boolean> {
  return access(SOCKET).then(
    () => true,
    () => false,
  );
}
