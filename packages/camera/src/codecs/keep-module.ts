import { InputError } from '@buergerkoffer/formats';
import type { ModuleFactory } from './modules.js';

/** Work with a WebAssembly module that was started when it was first needed. */
export type WithModule<M> = <R>(fault: Fault, work: (module: M) => R) => Promise<R>;

/** What the input is blamed for when the module refuses it; its own exceptions carry no words. */
export interface Fault {
  readonly message: string;
  readonly remedy: string;
}

/**
 * Starts the module once and keeps it. A module that refused anything is dropped, and the next work starts a new one:
 * nothing that a damaged file left in its memory meets the next photo.
 */
export function keepModule<M>(
  factory: ModuleFactory<M>,
  wasmBinary: BufferSource | undefined,
): WithModule<M> {
  let started: Promise<M> | undefined;
  const silent = (): void => undefined;
  return async (fault, work) => {
    started ??= factory({
      print: silent,
      printErr: silent,
      ...(wasmBinary === undefined ? {} : { wasmBinary }),
    });
    const mine = started;
    try {
      return work(await mine);
    } catch (cause) {
      if (started === mine) started = undefined;
      if (cause instanceof InputError) throw cause;
      throw new InputError('malformed', fault.message, { cause, remedy: fault.remedy });
    }
  };
}
