import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { LABEL_SAMPLES } from '@buergerkoffer/print/labels';
import { describe, expect, it } from 'vitest';
import { jsonLines } from './support/koffer.js';
import { tempFolder } from './support/temp-folder.js';

const BIN = fileURLToPath(new URL('../bin/koffer.js', import.meta.url));
const LINKED = fileURLToPath(new URL('../../../node_modules/.bin/koffer', import.meta.url));
const BUILT = existsSync(fileURLToPath(new URL('../dist/index.js', import.meta.url)));

function start(program: string, args: readonly string[]) {
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(program: string, args: readonly string[]) {
  const child = start(program, args);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, code };
}

it('is a file that can be run, as package.json names it', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(fileURLToPath(new URL(`../${manifest.bin.koffer}`, import.meta.url))).toBe(BIN);
  accessSync(BIN, constants.X_OK);
});

describe.skipIf(!BUILT)('the built koffer (npm run build makes it)', () => {
  it.skipIf(!existsSync(LINKED))('runs from node_modules/.bin', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(await run(LINKED, ['--version'])).toEqual({ out: `${version}\n`, err: '', code: 0 });
  });

  it('lists devices, and is gone soon after the last line', async () => {
    const child = start(BIN, ['devices', '--simulated', '--json']);
    let last = Infinity;
    child.stdout.on('data', () => (last = performance.now()));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect({ code: await ended, err }).toEqual({ code: 0, err: '' });
    // Below the two seconds after which a process that hangs is ended.
    expect(performance.now() - last).toBeLessThan(1_500);
    expect(jsonLines(out).length).toBeGreaterThanOrEqual(7);
  }, 20_000);

  it.skipIf(!existsSync('/dev/full'))(
    'says that a full disk takes no output, with code 3',
    async () => {
      const child = spawn('sh', ['-c', `"$0" devices --simulated > /dev/full`, BIN]);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      expect(await text(child.stderr)).toMatch(/^koffer: the output cannot be written \(ENOSPC\)\n {2}→ /);
      expect(await ended).toBe(3);
    },
    20_000,
  );

  it('gives a whole file to a program that takes its time', async () => {
    const data = join(tempFolder(), 'label.json');
    writeFileSync(data, JSON.stringify(LABEL_SAMPLES['pa-address']));
    const picture = '"$0" label pa-address --data "$1" -o /dev/null --ppi 2400 --png';
    const sh = (script: string) => spawn('sh', ['-c', script, BIN, data]);
    const whole = Number(await text(sh(`${picture} "$1.png" > /dev/null && wc -c < "$1.png"`).stdout));
    expect(whole, 'more than a pipe holds').toBeGreaterThan(65_536);
    expect(Number(await text(sh(`${picture} - | (sleep 3; wc -c)`).stdout))).toBe(whole);
  }, 30_000);

  it('ends quietly when its reader has gone', async () => {
    const child = start(BIN, ['devices', '--simulated', '--watch']);
    const err = text(child.stderr);
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect({ code, err: await err }).toEqual({ code: 0, err: '' });
  }, 20_000);

  it('watches until it is interrupted', async () => {
    const child = start(BIN, ['devices', '--simulated', '--watch', '--json']);
    child.stdout.once('data', () => child.kill('SIGINT'));
    const ended = new Promise((resolve) => child.once('exit', (...end) => resolve(end)));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect({ ended: await ended, err }).toEqual({ ended: [0, null], err: '' });
    expect(jsonLines(out).length).toBeGreaterThanOrEqual(1);
  }, 20_000);

  it('runs the demo, tells it in JSON only, and exits by itself', async () => {
    const folder = tempFolder();
    const args = ['demo', '--json', '--out', join(folder, 'out'), '--state', join(folder, 'state')];
    const { out, err, code } = await run(BIN, args);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(jsonLines(out).at(-1)).toMatchObject({ type: 'result', outcome: 'delivered' });
    expect(existsSync(join(folder, 'out', 'index.html'))).toBe(true);
    expect(existsSync(join(folder, 'state'))).toBe(false);
    const audit = await run(BIN, ['audit', 'verify', join(folder, 'out', 'audit.jsonl'), '--json']);
    expect(jsonLines(audit.out)).toMatchObject([{ verified: true, keyed: 'integrity-only' }]);
  }, 60_000);

  it.each([
    [['demo', '--fault', 'nothing'], 1],
    [['demo', '--seed', '-1'], 1],
    [['demo', '--photo', 'nowhere.jpg'], 1],
    [['demo', '--frobnicate'], 2],
  ])(
    'answers %j with one line, the remedy, and code %i',
    async (args, expected) => {
      const { out, err, code } = await run(BIN, args);
      expect({ out, code }).toEqual({ out: '', code: expected });
      expect(err).toMatch(/^koffer: .*\n {2}→ .*\n$/);
    },
    20_000,
  );
});
