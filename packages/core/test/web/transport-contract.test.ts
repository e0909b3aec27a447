import { describe, it, vi } from 'vitest';
import type { BusKind } from '@buergerkoffer/core';
import {
  hidContract,
  runTransportCase,
  serialContract,
  usbContract,
  type MakeTransportSubject,
  type TransportCase,
} from '@buergerkoffer/core/testing';
import { hidSubject, serialSubject, usbSubject } from './lab/subjects.js';

/** One step of the clock, in milliseconds. */
const STEP_MS = 10;

async function inVirtualTime<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  try {
    let settled = false;
    const working = work().finally(() => {
      settled = true;
    });
    working.catch(() => undefined);
    while (!settled) await vi.advanceTimersByTimeAsync(STEP_MS);
    return await working;
  } finally {
    vi.useRealTimers();
  }
}

const timers = () => ({ timers: vi.getTimerCount() });

function keptBy<K extends BusKind>(
  who: string,
  suite: readonly TransportCase<K>[],
  make: MakeTransportSubject<K>,
): void {
  describe(who, () => {
    for (const one of suite) {
      it(one.name, async ({ skip }) => {
        const result = await inVirtualTime(() => runTransportCase(one, make));
        if (result.outcome === 'skipped') skip(result.reason);
        if (result.outcome === 'broken') throw result.error;
      });
    }
  });
}

keptBy('a USB interface behind WebUSB', usbContract(), () => usbSubject(timers));
keptBy('a HID device behind WebHID, reports numbered', hidContract('numbered'), () =>
  hidSubject('numbered', timers),
);
keptBy('a HID device behind WebHID, reports not numbered', hidContract('plain'), () =>
  hidSubject('plain', timers),
);
keptBy('a line behind Web Serial', serialContract(), () => serialSubject(timers));
