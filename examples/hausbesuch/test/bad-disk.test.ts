import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '@buergerkoffer/vault/node';
import { readOnlyFolder, smallDisk } from './support/disks.js';
import { emptyFolder } from './support/folders.js';
import { smallPictures } from './support/pictures.js';
import { demo, type HowToRun } from './support/program.js';
import { expectOneClearLine } from './support/verdict.js';

const SLOW_MACHINE = { timeout: 90_000 };
/** No file may grow beyond 64 KiB, which the case does when a finger comes. */
const LIMITED: readonly string[] = ['bash', '-c', 'trap "" XFSZ; ulimit -f 64; exec "$@"', 'limited'];

interface Place {
  readonly folder: string;
  readonly out: string;
  readonly state: string;
  readonly run: (args?: readonly string[], how?: HowToRun) => ReturnType<typeof demo>;
}

async function place(given: { readonly out?: string; readonly state?: string } = {}): Promise<Place> {
  const folder = await emptyFolder();
  const pictures = await smallPictures(await emptyFolder());
  const { out = join(folder, 'out'), state = join(folder, 'state') } = given;
  const own = [
    ...['--out', out, '--state', state],
    ...[
      '--photo',
      pictures.photo,
      '--finger-right',
      pictures.fingerRight,
      '--finger-left',
      pictures.fingerLeft,
    ],
  ];
  return {
    folder,
    out,
    state,
    run: (args = [], how = {}) => demo([...own, ...args], { cwd: folder, ...how }),
  };
}

/** The log of the one case that lies in the state folder. */
async function caseLog(state: string): Promise<string> {
  const folder = join(state, 'koffer', 'cases');
  const [name = ''] = (await readdir(folder)).filter((entry) => entry.endsWith('.case'));
  return join(folder, name);
}

describe('a full disk', SLOW_MACHINE, () => {
  it('stops the visit with one line; with space again it goes on where it was', async () => {
    const { folder, out, state, run } = await place();

    expectOneClearLine(await run([], { through: LIMITED }), 3, /full/);
    expect(await readdir(folder)).toEqual(['state']);
    expect(existsSync(await caseLog(state))).toBe(true);

    const ended = await run(['--resume', '--json']);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('"event":"finger-captured"');
    expect(ended.stdout).not.toContain('"event":"identified"');
    expect(verifyAudit(await readFile(join(out, 'audit.jsonl'))).verified).toBe(true);
    expect(await readdir(folder)).toEqual(['out']);
  });

  it('of the suitcase is told as what it is', async ({ skip }) => {
    const disk = await smallDisk(100);
    if (disk === undefined) return skip('no disk can be mounted here');
    const { folder, run } = await place({ state: join(disk, 'state') });
    expectOneClearLine(await run(), 3, /full/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('where the exhibit should go leaves no half of one, and the case goes on', async ({ skip }) => {
    const disk = await smallDisk(100);
    if (disk === undefined) return skip('no disk can be mounted here');
    const { folder, run } = await place({ out: join(disk, 'out') });

    expectOneClearLine(await run(), 3, /full/);
    expect(await readdir(disk)).toEqual([]);

    expect(
      (await run(['--resume', '--state', join(folder, 'state'), '--out', join(folder, 'out')])).code,
    ).toBe(0);
    expect(await readdir(folder)).toEqual(['out']);
  });
});

describe('a read-only folder', SLOW_MACHINE, () => {
  it.for(['out', 'state'] as const)('as --%s is refused before the visit begins', async (which, { skip }) => {
    const closed = await readOnlyFolder();
    if (closed === undefined) return skip('no read-only folder can be had here');
    const { folder, run } = await place({ [which]: join(closed, which) });
    const ended = await run();
    expectOneClearLine(ended, 3, /read-only|does not allow/);
    expect(ended.stdout).toBe('');
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(!existsSync('/proc/self'))('of the kernel is refused as well', async () => {
    for (const given of [{ out: '/proc/koffer/out' }, { state: '/proc/koffer/state' }]) {
      const { run } = await place(given);
      expectOneClearLine(await run(), 3, /\/proc/);
    }
  });
});

describe('a state folder', SLOW_MACHINE, () => {
  it('with foreign files is left as it is', async () => {
    const { state, run } = await place();
    await mkdir(state);
    await writeFile(join(state, 'letter.txt'), 'mine');
    for (const args of [[], ['--resume']]) {
      expectOneClearLine(await run(args), 3, /not of the demo/);
      expect(await readdir(state)).toEqual(['letter.txt']);
    }
  });

  it('that is a file is left as it is', async () => {
    const { state, run } = await place();
    await writeFile(state, 'mine');
    expectOneClearLine(await run(), 3, /state/);
    expect(await readFile(state, 'utf8')).toBe('mine');
  });
});

describe('the log of an interrupted case', SLOW_MACHINE, () => {
  const stopped = async (event: string): Promise<Place> => {
    const there = await place();
    await there.run(['--json'], { killWhen: (stdout) => stdout.includes(`"event":"${event}"`) });
    return there;
  };

  it('that was cut inside its last record loses that event, says so, and goes on', async () => {
    const { out, state, run } = await stopped('identified');
    const log = await caseLog(state);
    const handle = await open(log, 'r+');
    await handle.truncate((await stat(log)).size - 100);
    await handle.close();

    const ended = await run(['--resume', '--json']);

    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/fehl\w+ .*bestätigte/);
    const audit = await readFile(join(out, 'audit.jsonl'), 'utf8');
    expect(audit).toContain('"type":"lost"');
    expect(verifyAudit(Buffer.from(audit)).verified).toBe(true);
  });

  it('that was changed in the middle is refused and left as it is', async () => {
    const { folder, state, run } = await stopped('photo-captured');
    const log = await caseLog(state);
    const bytes = await readFile(log);
    bytes[2000] = (bytes[2000] ?? 0) ^ 1;
    await writeFile(log, bytes);

    expectOneClearLine(await run(['--resume']), 3, /./);

    expect(Buffer.compare(await readFile(log), bytes)).toBe(0);
    expect(await readdir(folder)).toEqual(['state']);
  });
});
