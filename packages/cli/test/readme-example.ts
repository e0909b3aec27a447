import { EXIT, main } from '@buergerkoffer/cli';

/** The same in a process of your own: whether every chain is whole. */
export async function areWhole(files: readonly string[], log: (text: string) => void): Promise<boolean> {
  const code = await main(['audit', 'verify', ...files, '--json'], { out: log, err: log });
  return code === EXIT.done;
}
