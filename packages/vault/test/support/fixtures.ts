import type { Clock, EventCodec, FileSystemPort, ProcessPort } from '@buergerkoffer/vault';
import { openVault, type Vault, type VaultOptions } from '@buergerkoffer/vault/node';

/** An event as small as can be. */
export interface Step {
  readonly type: 'step';
  readonly number: number;
}

/** Reads steps and names them in the audit chain. */
export const stepCodec: EventCodec<Step> = {
  read: (json) => {
    if (typeof json === 'object' && json !== null && 'number' in json && typeof json.number === 'number') {
      return { type: 'step', number: json.number };
    }
    throw new TypeError('no step');
  },
  auditWord: (event) => event.type,
};

export const step = (number: number): Step => ({ type: 'step', number });

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const ATTEMPT_MS = 60_000;

/** A clock that pauses pass at once on, and whose deadline of an attempt never comes. */
export class TestClock implements Clock {
  time = Date.parse('2026-03-02T09:00:00.000Z');
  readonly pauses: number[] = [];

  now(): Date {
    return new Date(this.time);
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (ms === ATTEMPT_MS) {
      await new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    }
    this.pauses.push(ms);
    this.time += ms;
  }
}

let lives = 0;

/** A process of its own for each life; those before it are dead. */
export function newProcess(): ProcessPort {
  lives += 1;
  return { id: `${lives}.test`, isAlive: () => Promise.resolve(false) };
}

/** A vault of steps on the given files. */
export function openStepVault(
  fileSystem: FileSystemPort,
  options: Partial<VaultOptions<Step>> = {},
): Promise<Vault<Step>> {
  return openVault('/vault', {
    codec: stepCodec,
    auditWords: ['step'],
    process: newProcess(),
    clock: new TestClock(),
    random: seeded(1),
    fileSystem,
    ...options,
  });
}
