import { parseArgs } from 'node:util';
import type { LabNeeds } from '../lab/lab-needs.js';

/** What `device-lab` was asked to do. */
export type CommandWords =
  | {
      readonly command: 'run';
      readonly files: readonly string[];
      readonly needs: LabNeeds;
      readonly where: 'auto' | 'guest';
      readonly limitMs: number;
      readonly fileLimitMs: number;
      readonly guests?: number;
      /** Folder to which the names of files are shown relative. */
      readonly relativeTo: string;
      readonly log: string | undefined;
      readonly json: boolean;
    }
  | { readonly command: 'prepare' | 'doctor' | 'help' };

export const USAGE = `device-lab run FILE... | prepare | doctor

  run FILE...           runs lab files (JavaScript, tests of node:test) on kernel-real devices: on this computer where it has
                        vhci-hcd and this is root, else in a QEMU guest that sees this computer's files
    --guest             always in a guest
    --guests N          guests side by side, default two more than processors, at most 4
    --no-udev           without udevd
    --modules A,B       loads these kernel modules too
    --qemu-arg ARG      one more argument for QEMU; may be repeated
    --limit SECONDS     ends the run, default 590
    --file-limit SECONDS  ends a file, default 300
    --relative-to DIR     shows the names of files relative to this folder, default the current one
    --log FILE          where the log goes, default in the cache
    --json              one JSON object per line
  prepare               installs what is missing (root) and unpacks the newest kernel of apt into the cache
  doctor                says what is missing here and how to get it

  Exit code: 0 all passed, or skipped with the reason; 1 a test failed; 2 wrong use; 130 interrupted.`;

/** Reads the arguments of `device-lab`; throws an `Error` that says what is wrong with them. */
export function readWords(args: readonly string[]): CommandWords {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      guest: { type: 'boolean' },
      guests: { type: 'string' },
      'no-udev': { type: 'boolean' },
      modules: { type: 'string', multiple: true },
      'qemu-arg': { type: 'string', multiple: true },
      limit: { type: 'string' },
      'file-limit': { type: 'string' },
      'relative-to': { type: 'string' },
      log: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [command, ...files] = positionals;
  if (values.help === true || command === 'help') return { command: 'help' };
  if (command === 'prepare' || command === 'doctor') return { command };
  if (command !== 'run') throw new Error(`${command ?? 'nothing'} is no command`);
  if (files.length === 0) throw new Error('run needs a file');
  return {
    command,
    files,
    needs: {
      ...(values['no-udev'] === true ? { udev: false } : {}),
      modules: (values.modules ?? []).flatMap((each) => each.split(',')),
      qemu: values['qemu-arg'] ?? [],
    },
    where: values.guest === true ? 'guest' : 'auto',
    limitMs: 1_000 * positive('--limit', 'seconds', values.limit ?? '590'),
    fileLimitMs: 1_000 * positive('--file-limit', 'seconds', values['file-limit'] ?? '300'),
    ...(values.guests === undefined ? {} : { guests: positive('--guests', 'numbers', values.guests) }),
    relativeTo: values['relative-to'] ?? process.cwd(),
    log: values.log,
    json: values.json ?? false,
  };
}

function positive(option: string, unit: string, word: string): number {
  if (!/^\d{1,5}$/.test(word) || Number(word) === 0) {
    throw new Error(`${option} takes whole ${unit}, not ${word}`);
  }
  return Number(word);
}
