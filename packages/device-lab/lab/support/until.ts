import { setTimeout } from 'node:timers/promises';

/** What `look` finds, asked every 20 ms; rejects when it has found nothing for `limitMs`. Guests are slow: default 30 s. */
export async function until<T>(what: string, look: () => T | undefined, limitMs = 30_000): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what} did not come within ${limitMs} ms`);
    await setTimeout(20);
  }
}
