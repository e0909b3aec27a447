import { test } from 'node:test';

test('hangs', async () => {
  console.log(`pid ${process.pid}`);
  setInterval(() => {}, 1_000);
  await new Promise(() => {});
});
