import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const KOFFER = fileURLToPath(new URL('../../../../packages/cli/bin/koffer.js', import.meta.url));

/** How a run of `koffer` ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How `koffer` is run. */
export interface HowToRun {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Replaces `node`: words before the program, such as a shell that sets a limit. */
  readonly through?: readonly string[];
  /** Kills the process with SIGKILL once this is true of what it has written. */
  readonly killWhen?: (stdout: string) => boolean;
  /** Looks at the world at each line, while the process runs. */
  readonly onOutput?: (stdout: string) => void;
}

/** Runs `koffer demo` as it was built, and waits for its end. */
export async function demo(args: readonly string[], how: HowToRun = {}): Promise<Ended> {
  const [command = process.execPath, ...words] = [...(how.through ?? []), process.execPath];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...words, KOFFER, 'demo', ...args], {
      ...(how.cwd === undefined ? {} : { cwd: how.cwd }),
      env: { ...process.env, ...how.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      how.onOutput?.(stdout);
      if (how.killWhen?.(stdout) === true) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
}
