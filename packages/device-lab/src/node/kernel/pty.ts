import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { DeviceError, withDeadline } from '@buergerkoffer/core';
import { LineEngine } from '../../serial/line-engine.js';
import type { VirtualLineDevice } from '../../serial/virtual-line-device.js';
import { attachment, type AttachOptions, type Attached } from './attached.js';
import { pumpLine } from './pump-line.js';
import { systemFailure } from './system-error.js';

/** How long the terminal may take to appear and to go, in milliseconds. */
const SOCAT_MS = 10_000;

/** How a pseudo-terminal is made. */
export interface PtyOptions extends AttachOptions {
  /** A symbolic link to it, with a name that stays. */
  readonly link?: string;
}

/** A line device behind a terminal. */
export interface PtyAttached extends Attached {
  /** `/dev/pts/3`, or the link where one was asked for. */
  readonly path: string;
}

/**
 * Puts a line device behind a pseudo-terminal, which programs open as a serial port (Linux, program `socat`; no
 * privilege needed). A terminal has neither baud rate nor control lines that the device could see. Unplugging ends it
 * under whoever has it open. Rejects `not-found` without `socat`, `timeout`.
 */
export async function attachPty(device: VirtualLineDevice, options: PtyOptions = {}): Promise<PtyAttached> {
  const { link, failed } = options;
  const address = `pty,raw,echo=0${link === undefined ? '' : `,link=${link}`}`;
  const child = spawn('socat', ['-d', '-d', address, 'stdio'], { stdio: 'pipe' });
  const log = createInterface({ input: child.stderr });
  child.on('error', () => undefined); // heard where it is waited for
  child.stdin.on('error', () => undefined); // it has ended: `exit` says so
  let close = (): void => undefined;
  const attached = attachment(async () => {
    close();
    if (child.pid === undefined) return;
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await withDeadline('ending socat', SOCAT_MS, () => exited).catch(() => child.kill('SIGKILL'));
    }
    if (link !== undefined) await rm(link, { force: true });
  });
  try {
    const terminal = await withDeadline('opening a pseudo-terminal', SOCAT_MS, async (signal) => {
      await once(child, 'spawn', { signal });
      return new Promise<string>((resolve, reject) => {
        let path: string | undefined;
        log.on('line', (line) => {
          path ??= / PTY is (\S+)/.exec(line)?.[1];
          // Both ends are open by then, and the link is made.
          if (path !== undefined && line.includes('starting data transfer')) resolve(path);
        });
        child.once('exit', () => {
          reject(new DeviceError('protocol', 'socat ended before there was a terminal'));
        });
      });
    });
    const engine = new LineEngine(device, failed);
    const deaf = pumpLine(engine, {
      fromHost: child.stdout,
      toHost: child.stdin,
      settings: {},
      overflow: () => undefined, // a wire without a listener: what is said is gone
    });
    close = () => {
      deaf();
      engine.powerDown();
    };
    child.once('exit', () => void attached.unplug());
    return { ...attached, path: link ?? terminal };
  } catch (error) {
    await attached.unplug();
    throw systemFailure(error, {
      absent: 'the program socat is not installed',
      remedy: 'run `apt-get install socat` as root',
      forbidden: 'socat may not be run',
    });
  }
}
