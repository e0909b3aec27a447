import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';

const FOLDERS = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/lib/cups/filter'];

/** The path of a program of Debian; undefined where it is not installed. */
export function programPath(name: string): string | undefined {
  return FOLDERS.map((folder) => `${folder}/${name}`).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Those of `names` that are not installed, told in one line. */
export function missingPrograms(...names: readonly string[]): readonly string[] {
  const missing = names.filter((name) => programPath(name) === undefined);
  if (missing.length > 0) console.info(`skipped: ${missing.join(', ')} not installed`);
  return missing;
}

/** A port of the loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

/** A program that runs until it is stopped; its output is kept for messages. */
export class RunningProgram {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #said = '';

  constructor(name: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.#child = spawn(programPath(name) ?? name, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', () => {
        resolve();
      });
      this.#child.once('error', () => {
        resolve();
      });
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#said = (this.#said + chunk.toString('latin1')).slice(-4_000);
      });
    }
  }

  get said(): string {
    return this.#said;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends it, at the latest after two seconds by force. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 2_000);
    await this.#ended;
    clearTimeout(force);
  }
}

/** What a program wrote to its output; throws where it failed, or did not end in time. */
export function ranProgram(
  name: string,
  args: readonly string[],
  options: {
    readonly input?: Uint8Array;
    readonly env?: NodeJS.ProcessEnv;
    readonly cwd?: string;
    readonly mayFail?: true;
  } = {},
): Buffer {
  const { input, env = process.env, cwd, mayFail } = options;
  const result = spawnSync(programPath(name) ?? name, args, {
    env,
    timeout: 60_000,
    maxBuffer: 512 * 1024 * 1024,
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
  });
  if (result.status === 0 || (mayFail === true && result.error === undefined)) return result.stdout;
  throw new Error(`${name} ended with ${result.status}: ${result.stderr?.toString('latin1').slice(-1_000)}`);
}

/** Resolves when `isTrue` is, which is tried ten times a second; throws with `why()` after `ms` milliseconds. */
export async function eventually(
  isTrue: () => boolean | Promise<boolean>,
  why: () => string,
  ms = 15_000,
): Promise<void> {
  const endMs = performance.now() + ms;
  while (!(await isTrue())) {
    if (performance.now() > endMs) throw new Error(`not within ${ms} ms: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
