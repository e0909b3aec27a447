import { readdir, readFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, type onTestFinished } from 'vitest';
import { transliterateMrz } from '@buergerkoffer/formats';
import { household } from '../src/index.js';
import { emptyFolder } from './support/folders.js';
import { smallPictures } from './support/pictures.js';
import { demo, type Ended } from './support/program.js';

const SLOW_MACHINE = { timeout: 90_000 };

/** Everything about the invented citizen that must not be found where it does not belong. */
const CANARIES: readonly string[] = (() => {
  const { register, told, oldCard, oldPassport } = household(new Date());
  const germanDay = told.birthDate.split('-').reverse().join('.');
  return [
    register.familyName,
    ...register.givenNames.split(' '),
    register.birthName ?? register.familyName,
    told.birthDate,
    germanDay,
    ...(register.documents ?? []).map(({ serialNumber }) => serialNumber),
    ...oldCard.mrz.split('\n'),
    ...oldPassport.mrz.split('\n'),
    ...[told.familyName, ...told.givenNames.split(' ')].map(transliterateMrz),
    register.address.street,
    register.address.additional ?? register.address.street,
  ];
})();

function canariesIn(text: string): readonly string[] {
  return CANARIES.filter((canary) => text.includes(canary));
}

/** Canaries in all files under `folder`, each with its file; UTF-8 as everything here is written in it. */
function canariesUnder(folder: string): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    try {
      const text = readFileSync(join(entry.parentPath, entry.name)).toString();
      found.push(...canariesIn(`${entry.name}\n${text}`).map((canary) => `${canary} in ${entry.name}`));
    } catch (error) {
      // The running visit removes files while they are looked at.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return found;
}

interface Place {
  readonly folder: string;
  readonly out: string;
  readonly vault: string;
  readonly run: (args?: readonly string[], how?: Parameters<typeof demo>[1]) => Promise<Ended>;
}

/** A home of its own, so that everything that a run leaves anywhere is seen. */
async function place(finished: typeof onTestFinished): Promise<Place> {
  const pictures = await smallPictures(await emptyFolder(finished));
  const folder = await emptyFolder(finished);
  const state = join(folder, 'state');
  const own = [
    ...['--out', join(folder, 'out'), '--state', state],
    ...[
      '--photo',
      pictures.photo,
      '--finger-right',
      pictures.fingerRight,
      '--finger-left',
      pictures.fingerLeft,
    ],
  ];
  const env = { HOME: folder, TMPDIR: folder, XDG_STATE_HOME: join(folder, 'xdg') };
  return {
    folder,
    out: join(folder, 'out'),
    vault: join(state, 'koffer'),
    run: (args = [], how = {}) => demo([...own, ...args], { cwd: folder, env, ...how }),
  };
}

function expectNoCanaries({ stdout, stderr }: Ended): void {
  expect(canariesIn(stdout)).toEqual([]);
  expect(canariesIn(stderr)).toEqual([]);
}

describe('data of the citizen', SLOW_MACHINE, () => {
  it.for<readonly [string, readonly string[]]>([
    ['read by people', ['--fault', 'reject']],
    ['told in every detail', ['--json', '--debug', '--fault', 'printer-lost']],
  ])('are in no line %s, not in the audit chain, and nothing else is left', async ([, args], context) => {
    const { folder, out, run } = await place(context.onTestFinished);
    const ended = await run(args);
    expectNoCanaries(ended);
    for (const name of ['audit.jsonl', 'demo.json']) {
      expect(canariesIn(await readFile(join(out, name), 'utf8'))).toEqual([]);
    }
    // The words that are looked for do occur where they belong.
    const application = await readFile(join(out, 'application.json'), 'utf8');
    expect(canariesIn(application).length).toBeGreaterThan(5);
    expect(await readdir(folder)).toEqual(['out']);
  });

  it('never lie in plain in the vault, at no step of the visit', async (context) => {
    const { vault, run } = await place(context.onTestFinished);
    const found = new Set<string>();
    let looks = 0;
    const ended = await run(['--json'], {
      onOutput: (stdout) => {
        if (!stdout.includes('"seq":0') || stdout.includes('"type":"result"')) return;
        looks++;
        for (const canary of canariesUnder(vault)) found.add(canary);
      },
    });
    expect(ended.code).toBe(0);
    expect(looks).toBeGreaterThan(10);
    expect([...found]).toEqual([]);
  });

  it.for(['photo-captured', 'sealed'])(
    'are not told and not left in plain by a visit that breaks off at %s',
    async (event, context) => {
      const { vault, run } = await place(context.onTestFinished);
      const ended = await run(['--json', '--debug'], {
        killWhen: (stdout) => stdout.includes(`"event":"${event}"`),
      });
      expect(ended.signal).toBe('SIGKILL');
      expectNoCanaries(ended);
      expect(readdirSync(vault).length).toBeGreaterThan(0);
      expect(canariesUnder(vault)).toEqual([]);
    },
  );

  it('are not told by a visit that fails in the middle, nor by its stack', async (context) => {
    const { folder, vault, run } = await place(context.onTestFinished);
    // No file may grow beyond 64 KiB: the case does, when a finger comes.
    const limited = ['bash', '-c', 'trap "" XFSZ; ulimit -f 64; exec "$@"', 'limited'];
    const ended = await run(['--debug'], { through: limited });
    expect(ended.code).toBe(3);
    expectNoCanaries(ended);
    expect(canariesUnder(vault)).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(['state']);
  });
});
