import { fileURLToPath } from 'node:url';
import { InputError } from '@buergerkoffer/formats';
import { DeviceError } from '../device-error.js';
import type { RemoteBusOptions } from '../remote-bus/remote-bus.js';

/** A module that calls `serveBus`, run in a thread or a process of its own. */
export interface BusProgram {
  /** Its URL: `new URL('./usb-worker.mjs', import.meta.url)`, or what `import.meta.resolve` gives. */
  readonly module: string | URL;
  /** What it finds in `process.argv` from the third place on. */
  readonly args?: readonly string[];
  /** Flags of Node for it. Default those of this process. */
  readonly execArgv?: readonly string[];
}

/** A bus beside the app, and how it is watched; times in milliseconds. */
export interface BusProgramOptions extends BusProgram {
  /** Name for diagnostics. Default the kind of the bus. */
  readonly id?: string;
  /** Time between two pings. Default 1000. */
  readonly heartbeatMs?: number;
  /** One that says nothing for this long is stuck: it is ended and started again. Default 5000. */
  readonly silenceMs?: number;
  /** How long it may take from its start to its first message. Default 15000. */
  readonly startMs?: number;
  /** Pause before a restart, doubled with each failure up to 30 s. Default 500. */
  readonly restartMs?: number;
  /** How long opening a port may take, the start included. Default 14000. */
  readonly openMs?: number;
}

/** `options` with their defaults. */
export function watchedAs(
  what: 'process' | 'worker',
  kind: string,
  options: BusProgramOptions,
): Omit<RemoteBusOptions, 'transfers'> {
  return {
    id: options.id ?? kind,
    what,
    remedy:
      'unplug what was used last and plug it in again; if it goes on, run its module by itself to see what it says',
    heartbeatMs: options.heartbeatMs ?? 1_000,
    silenceMs: options.silenceMs ?? 5_000,
    startMs: options.startMs ?? 15_000,
    restartMs: options.restartMs ?? 500,
    openMs: options.openMs ?? 14_000,
  };
}

/** The file of a module; throws `invalid-request` for a URL of anything else. */
export function fileOf({ module }: BusProgram): string {
  try {
    return fileURLToPath(module);
  } catch (error) {
    throw new DeviceError('invalid-request', 'the module of a bus is no URL of a file', {
      path: 'module',
      remedy: "give new URL('./usb-worker.mjs', import.meta.url)",
      cause: error,
    });
  }
}

/** The flags of a module, as `fork` and `Worker` take them. */
export function flagsOf({ execArgv }: BusProgram): { execArgv?: string[] } {
  return execArgv === undefined ? {} : { execArgv: [...execArgv] };
}

/** Posts `message` to another thread; buffers that cannot be handed over are copied. */
export function post(
  port: { postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void },
  message: object,
  transfer: readonly ArrayBuffer[],
): void {
  try {
    port.postMessage(message, transfer);
  } catch {
    try {
      port.postMessage(message, []);
    } catch (error) {
      throw notSent(error);
    }
  }
}

/** The error for a message that cannot travel; the text of `error` may quote it and is left out. */
export function notSent(error: unknown): InputError {
  const name = error instanceof Error ? error.name : typeof error;
  return new InputError('unsupported', `a message cannot be sent to the bus (${name})`, {
    remedy: 'give plain data and bytes: no functions, no instances of classes',
  });
}
