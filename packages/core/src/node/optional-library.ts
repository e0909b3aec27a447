import { createRequire } from 'node:module';
import type { Diagnostic } from '../bus.js';
import { withDeadline } from '../deadline.js';
import { DeviceError } from '../device-error.js';
import type { BusKind } from '../port.js';
import { textOf } from './watched-bus.js';

/** How long loading a library may take, in milliseconds. */
const LOAD_MS = 30_000;

/** A library that is installed by those who need it, and loaded when the first port is opened. */
export interface OptionalLibrary<T> {
  /** What an integrator should know about it now, without loading it. */
  diagnostics(): readonly Diagnostic[];
  /**
   * The library; rejects `unsupported`, with the remedy, where it is missing or does not load. Ask before the clock of a
   * device starts: the first time, a slow disk takes seconds.
   */
  load(signal?: AbortSignal): Promise<T>;
}

/** The library `name` of the bus `kind`. */
export interface OptionalLibraryOptions<T> {
  readonly kind: BusKind;
  readonly name: string;
  /** What to do where it is installed and does not load. */
  readonly needs: string;
  /** Imports it and takes from it what is used; throws where a part of it is missing. */
  readonly load: () => Promise<T>;
  /** Whether it is installed. Default: whether Node finds it from here. */
  readonly installed?: () => boolean;
}

/** A library that is imported when it is needed. */
export function optionalLibrary<T>(options: OptionalLibraryOptions<T>): OptionalLibrary<T> {
  const { kind, name, needs } = options;
  const installed = options.installed ?? ((): boolean => canResolve(name));
  let broken: Diagnostic | undefined;
  const missing: Diagnostic = {
    code: `${kind}.library-missing`,
    severity: 'info',
    message: `the optional library ${name} is not installed: ${kind} devices are listed, but cannot be opened`,
    remedy: `npm install ${name}`,
  };
  return {
    diagnostics: () => (installed() ? (broken === undefined ? [] : [broken]) : [missing]),
    load: async (signal) => {
      try {
        const library = await withDeadline(`loading ${name}`, LOAD_MS, options.load, signal);
        broken = undefined;
        return library;
      } catch (error) {
        signal?.throwIfAborted();
        broken = {
          code: `${kind}.library-broken`,
          severity: 'error',
          message: `the library ${name} does not load: ${textOf(error)}`,
          remedy: needs,
        };
        const { message, remedy } = installed() ? broken : missing;
        throw new DeviceError('unsupported', message, { remedy, cause: error });
      }
    },
  };
}

function canResolve(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
