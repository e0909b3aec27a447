import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exampleConfig } from '../../src/config/example.js';
import { koffer } from '../support/koffer.js';

const CARD = ['fee', 'personalausweis', '--born', '1980-05-31'];

async function totalOf(...args: string[]): Promise<unknown> {
  const { code, json } = await koffer(['--json', 'fee', ...args]);
  expect(code).toBe(0);
  return json[0]?.['totalCents'];
}

describe('koffer fee', () => {
  it('takes from the configuration what Land and municipality set', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'koffer-fee-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'config.json');
    const { policy, ...config } = await exampleConfig();
    const fees = { beglaubigungCents: 350, legalBasis: 'Gebührensatzung' };
    const day = policy.validFrom;
    await writeFile(
      file,
      JSON.stringify({ ...config, policy: { ...policy, visitSurchargeCents: 500, fees } }),
    );
    expect(await totalOf('beglaubigung', '--on', day)).toBe('unknown');
    expect(await totalOf('beglaubigung', '--on', day, '--config', file)).toBe(350);
    expect(await totalOf('beglaubigung', '--on', day, '--config', file, '--visit')).toBe(850);
  });

  it('says what the authority keeps of a Führungszeugnis', async () => {
    const { out } = await koffer(['fee', 'fuehrungszeugnis', '--on', '2026-03-02']);
    expect(out).toMatch(/5,20 € {2}davon behält die Behörde \(§ 30 .*BZRG\)/);
  });

  it('gives the amount of the day of application', async () => {
    expect(await totalOf('personalausweis', '--born', '1980-05-31', '--on', '2026-02-06')).toBe(3700);
    expect(await totalOf('personalausweis', '--born', '1980-05-31', '--on', '2026-02-07')).toBe(4600);
    expect(await totalOf('personalausweis', '--born', '2003-01-01', '--on', '2026-02-06')).toBe(2280);
  });

  it('says how each line came about, and the sum', async () => {
    const { code, out, err } = await koffer([...CARD, '--on', '2026-02-07', '--photo']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/46,00 € {2}Personalausweis.*§ 1 .*PAuswGebV/);
    expect(out).toMatch(/Summe am 2026-02-07\n$/);
  });

  it.each([
    [['personalausweis', '--outside-hours']],
    [['personalausweis', '--not-competent']],
    [['personalausweis', '--abroad', 'mission']],
    [['personalausweis', '--photo']],
    [['personalausweis', '--dispatch']],
    [['personalausweis', '--waiver']],
    [['personalausweis', '--reduce-to', '1000']],
    [['reisepass', '--pages-48']],
    [['reisepass', '--express']],
    [['fuehrungszeugnis', '--ehrenamt']],
  ])('counts the circumstance of %j', async ([service = '', ...flags]) => {
    const base = [service, '--on', '2026-03-02', '--born', '1980-05-31'];
    expect(await totalOf(...base, ...flags)).not.toBe(await totalOf(...base));
  });

  it.each([
    [['fee', 'bootsschein'], 'service'],
    [[...CARD, '--on', '2026-02-30'], 'on'],
    [['fee', 'personalausweis', '--on', '2026-03-02', '--born', '2026-03-03'], 'born'],
    [['fee', 'personalausweis', '--on', '2026-03-02', '--born', '1980-13-01'], 'born'],
    [['fee', 'personalausweis'], 'born'],
    [[...CARD, '--ehrenamt'], 'ehrenamt'],
    [[...CARD, '--reduce-to', '-1'], 'waiver.reduceToCents'],
    [[...CARD, '--waiver', '--reduce-to', '1'], 'waiver'],
    [[...CARD, '--visit'], 'config'],
  ])('judges %j bad and names the field %s', async (args, path) => {
    const { code, json, err } = await koffer([...args, '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(json).toEqual([
      { type: 'error', error: expect.objectContaining({ kind: 'input', path, remedy: expect.any(String) }) },
    ]);
  });
});
