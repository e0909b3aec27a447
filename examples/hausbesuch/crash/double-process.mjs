import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { household } from '@buergerkoffer/example-hausbesuch';

const DOUBLE = fileURLToPath(
  new URL('../../../packages/fachverfahren-xoev/bin/fachverfahren-double.js', import.meta.url),
);

/** Starts a double of the Fachverfahren that knows the demo's citizen and survives the kills of the suitcase. */
export async function startDouble(folder) {
  await mkdir(folder, { recursive: true });
  const register = join(folder, 'register.json');
  await writeFile(register, JSON.stringify([household(new Date()).register]));
  const child = spawn(
    process.execPath,
    [DOUBLE, '--folder', folder, '--register', register, '--until-stdin-ends'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url } = JSON.parse(line);
  return {
    url,
    /** Submissions that it acted on, in order, with repetitions if there were any. */
    acts: async () =>
      (await readFile(join(folder, 'acts.jsonl'), 'utf8').catch(() => ''))
        .split('\n')
        .filter((act) => act !== '')
        .map((act) => JSON.parse(act).submissionId),
    /** Files of what it received, by submission; the UUID of a message is left out of its name. */
    received: async (submissionId) =>
      (await readdir(join(folder, 'exhibits', submissionId), { recursive: true }).catch(() => []))
        .map((name) => name.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '*'))
        .sort(),
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
