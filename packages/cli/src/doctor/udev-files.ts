import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { udevRules, type AnyDriver } from '@buergerkoffer/core';

/** Where udev looks for rules; a file in an earlier folder hides one of the same name in a later one (man 7 udev). */
export const RULES_FOLDERS = [
  '/etc/udev/rules.d',
  '/run/udev/rules.d',
  '/usr/local/lib/udev/rules.d',
  '/usr/lib/udev/rules.d',
  '/lib/udev/rules.d',
] as const;
/** `73-seat-late.rules` gives the person at the screen what is tagged `uaccess` by then. */
const TOO_LATE = '73';

/** A file of rules. */
export interface RulesFile {
  readonly path: string;
  readonly lines: readonly string[];
}

/** How far the rules of a driver are installed. */
export type RulesState =
  | { readonly state: 'installed' }
  /** Some are, from a driver or a release with fewer matches. */
  | { readonly state: 'incomplete'; readonly file: string }
  /** In a file whose name comes too late for the person at the screen. */
  | { readonly state: 'late'; readonly file: string }
  | { readonly state: 'missing' };

/** The files of rules that udev reads from `folders`. */
export async function rulesFiles(folders: readonly string[]): Promise<readonly RulesFile[]> {
  const seen = new Map<string, RulesFile>();
  for (const folder of folders) {
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter((each) => each.endsWith('.rules') && !seen.has(each))) {
      const path = join(folder, name);
      const text = await readFile(path, 'utf8').catch(() => '');
      seen.set(name, { path, lines: text.split('\n').map((line) => line.trim()) });
    }
  }
  return [...seen.values()];
}

/** Whether the rules that `driver` needs are in `files`, whatever group they give the devices to; undefined where it needs none. */
export function rulesState(driver: AnyDriver, files: readonly RulesFile[]): RulesState | undefined {
  const needed = udevRules([driver])
    .text.split('\n')
    .filter((line) => line.startsWith('SUBSYSTEM'))
    .map((line) => line.slice(0, line.indexOf(', TAG+=')));
  if (needed.length === 0) return undefined;
  const holders = needed.map((conditions) =>
    files.filter(({ lines }) => lines.some((line) => line.startsWith(`${conditions}, `))),
  );
  const [holder] = holders.flat();
  if (holder === undefined) return { state: 'missing' };
  if (holders.some((found) => found.length === 0)) return { state: 'incomplete', file: holder.path };
  const late = holders.find((found) => found.every(({ path }) => basename(path) >= TOO_LATE))?.[0];
  return late === undefined ? { state: 'installed' } : { state: 'late', file: late.path };
}
