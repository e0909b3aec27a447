import { describe, expect, test } from 'vitest';
import { inTurn } from '../../../src/node/lab/in-turn.js';
import { checkNeeds, type CompleteNeeds } from '../../../src/node/lab/lab-needs.js';

interface Item {
  readonly name: string;
  readonly needs: CompleteNeeds;
}

const item = (name: string, needs: object = {}): Item => ({ name, needs: checkNeeds(needs) });

/** Who runs beside whom, as each begins; each ends when all that can begin have begun, the first first. */
async function sidesOf(items: readonly Item[], guests: number, processors: number) {
  const running = new Map<string, () => void>();
  const sides: string[] = [];
  const all = inTurn(
    items,
    ({ needs }) => needs,
    { guests, processors },
    ({ name }) => {
      const done = new Promise<void>((resolve) => running.set(name, resolve));
      sides.push([...running.keys()].join(' '));
      return done;
    },
  );
  while (running.size > 0) {
    const [[name, end] = ['', () => undefined]] = running;
    running.delete(name);
    end();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await all;
  return sides;
}

describe('lab files side by side', () => {
  test('are as many as there are guests, those that take long first', async () => {
    const files = [item('a'), item('b'), item('long', { long: true }), item('c')];
    expect(await sidesOf(files, 3, 2)).toEqual(['long', 'long a', 'long a b', 'a b c']);
  });

  test('are no more than there are processors while one of them measures', async () => {
    const files = [item('a'), item('b'), item('measuring', { measures: true }), item('c')];
    expect(await sidesOf(files, 4, 2)).toEqual(['measuring', 'measuring a', 'a b', 'a b c']);
  });

  test('wait for one that measures with all processors, and such a one for them', async () => {
    const files = [
      item('a'),
      item('two', { measures: true, processors: 2 }),
      item('one', { measures: true }),
    ];
    expect(await sidesOf(files, 4, 2)).toEqual(['two', 'one', 'one a']);
    expect(await sidesOf(files, 4, 4)).toEqual(['two', 'two one', 'two one a']);
  });

  test('run where there are fewer processors than one of them wants', async () => {
    const files = [item('a'), item('two', { measures: true, processors: 2 })];
    expect(await sidesOf(files, 3, 1)).toEqual(['two', 'a']);
  });

  test('begin no more when one has failed, and the failure is told when the others have ended', async () => {
    const begun: string[] = [];
    const work = async ({ name }: Item): Promise<void> => {
      begun.push(name);
      await new Promise((resolve) => setImmediate(resolve));
      if (name === 'a') throw new Error('broken');
      await new Promise((resolve) => setImmediate(resolve));
      begun.push(`${name} ended`);
    };
    const all = inTurn(
      ['a', 'b', 'c'].map((name) => item(name)),
      ({ needs }) => needs,
      { guests: 2, processors: 2 },
      work,
    );
    await expect(all).rejects.toThrow('broken');
    expect(begun).toEqual(['a', 'b', 'b ended']);
  });
});
