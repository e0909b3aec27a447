import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { withLock } from '../../../src/node/guest/lock.js';

let count = 0;
const newName = (): string => `device-lab-test-${process.pid}-${(count += 1)}`;

test('work under one name runs one after the other, and says that it waits', async () => {
  const name = newName();
  const order: string[] = [];
  let letGo = (): void => undefined;
  const first = withLock(name, async () => {
    order.push('first begins');
    await new Promise<void>((resolve) => (letGo = resolve));
    order.push('first ends');
  });
  const second = withLock(name, async () => order.push('second'), {
    onWait: () => {
      order.push('second waits');
      letGo();
    },
  });
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'second waits', 'first ends', 'second']);
});

test('an abort ends the wait', async () => {
  const name = newName();
  const stop = new AbortController();
  await withLock(name, async () => {
    const waiting = withLock(name, async () => undefined, {
      signal: stop.signal,
      onWait: () => {
        stop.abort(new Error('no patience'));
      },
    });
    await expect(waiting).rejects.toThrow('no patience');
  });
});

test('the lock of a killed process is free', async () => {
  const name = newName();
  const holder = fork(new URL('../../children/hold-socket.mjs', import.meta.url), [name]);
  await once(holder, 'message');
  const got = withLock(name, async () => 'mine', { onWait: () => holder.kill('SIGKILL') });
  await expect(got).resolves.toBe('mine');
});
