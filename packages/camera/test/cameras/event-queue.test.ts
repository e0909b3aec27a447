import { of, range, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../src/cameras/event-queue.js';

const { signal } = new AbortController();

describe('events that wait', () => {
  it('come one after another, and none is an answer too', async () => {
    const queue = new EventQueue(of(1, 2));
    expect([await queue.next(signal, 100), await queue.next(signal, 100)]).toEqual([1, 2]);
    expect(await queue.next(signal, 5)).toBeUndefined();
  });

  it('are refused where a camera floods them, and nothing more is read', async () => {
    const source = new Subject<number>();
    const queue = new EventQueue(source);
    range(0, 20_000).subscribe((event) => source.next(event));
    await expect(queue.next(signal, 100)).rejects.toMatchObject({ code: 'protocol' });
    expect(source.observed).toBe(false);
  });
});
