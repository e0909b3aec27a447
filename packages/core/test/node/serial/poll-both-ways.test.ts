import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { pollBothWays } from '../../../src/node/serial/poll-both-ways.js';
import type { SerialHandle } from '../../../src/node/serial/serial-library.js';
import { FakeSerialHandle } from '../../support/fake-serial.js';

const READABLE = 1;
const WRITABLE = 2;

/** The poller of the library: what `once` waits for replaces what was waited for. */
class LibraryPoller extends EventEmitter {
  waitsFor = 0;

  override once(event: 'readable' | 'writable', listener: (error: Error | null) => void): this {
    this.poll(event === 'readable' ? READABLE : WRITABLE);
    return super.once(event, listener);
  }

  poll(flags = 0): void {
    this.waitsFor = flags;
  }
}

function handleWith(poller: LibraryPoller): SerialHandle {
  return Object.assign(new FakeSerialHandle(), { poller });
}

describe('the poller of the library', () => {
  const ignore = (): void => undefined;

  it('by itself stops waiting for bytes when it waits for room', () => {
    const poller = new LibraryPoller();
    poller.once('readable', ignore);
    poller.once('writable', ignore);
    expect(poller.waitsFor).toBe(WRITABLE);
  });

  it('is made to wait for both, in either order', () => {
    const poller = new LibraryPoller();
    pollBothWays(handleWith(poller));
    poller.once('readable', ignore);
    expect(poller.waitsFor).toBe(READABLE);
    poller.once('writable', ignore);
    expect(poller.waitsFor).toBe(READABLE | WRITABLE);
    poller.emit('readable');
    poller.once('readable', ignore);
    expect(poller.waitsFor).toBe(READABLE | WRITABLE);
    poller.emit('writable');
    poller.emit('readable');
    poller.once('readable', ignore);
    expect(poller.waitsFor).toBe(READABLE);
  });

  it('may be absent', () => {
    expect(() => {
      pollBothWays(new FakeSerialHandle());
    }).not.toThrow();
  });
});
