import type { SerialHandle } from './serial-library.js';

/** Bits of libuv's `uv_poll_start`. */
const READABLE = 1;
const WRITABLE = 2;

/**
 * Makes `handle` able to read while it writes. In `@serialport/bindings-cpp` 13.0.0 waiting for room to write ends the
 * wait for bytes, and the other way round (`Poller::poll` in poller.cpp starts libuv's poll with the last flag alone):
 * a device that sends before it takes more stops the line for good. From now on each wait keeps the other one alive.
 */
export function pollBothWays({ poller }: SerialHandle): void {
  if (poller === undefined) return;
  const poll = poller.poll.bind(poller);
  poller.poll = (flags = 0) => {
    const reading = poller.listenerCount('readable') > 0 ? READABLE : 0;
    const writing = poller.listenerCount('writable') > 0 ? WRITABLE : 0;
    poll(flags | reading | writing);
  };
}
