import { optionalLibrary, type OptionalLibrary } from '../optional-library.js';

/** A connection to a card, or to the reader itself. */
export interface PcscCard {
  transmit(command: Uint8Array): Promise<Uint8Array>;
  control(code: number, data: Uint8Array): Promise<Uint8Array>;
  attributeGet(id: number): Promise<Uint8Array>;
  reconnect(mode: number, initialization: number): Promise<unknown>;
  disconnect(disposition: number): Promise<void>;
  state(): Promise<{ readonly atr: Uint8Array }>;
}

/** A reader; `change` comes at once with what is in it, then at every change. */
export interface PcscReader {
  name(): string;
  connect(mode: number, protocol?: number): Promise<PcscCard>;
  on(event: 'change', listener: (status: { readonly raw: number }, atr: Uint8Array) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/** A connection to the PC/SC service. */
export interface PcscClient {
  on(event: 'reader', listener: (reader: PcscReader) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  /** Throws where the service does not run. */
  start(): unknown;
  stop(): void;
}

/** The part of `pcsc-mini` 0.1 that is used. */
export interface PcscLibrary {
  client(): PcscClient;
}

/** Numbers of PC/SC (pcsclite.h): how to connect, what to do with the card at the end, what is in a slot. */
export const MODE = { exclusive: 1, shared: 2, direct: 3 } as const;
export const DISPOSITION = { leave: 0, reset: 1 } as const;
export const NO_PROTOCOL = 0;
export const SLOT = { present: 0x20 } as const;

/** `pcsc-mini`; loaded by a name that the compiler does not follow, because it is nobody's development dependency. */
export function pcscMini(): OptionalLibrary<PcscLibrary> {
  const name = 'pcsc-mini';
  return optionalLibrary({
    kind: 'pcsc',
    name,
    needs: 'apt-get install libpcsclite1',
    load: async () => {
      const library: unknown = await import(name);
      if (typeof library !== 'object' || library === null || !('Client' in library)) {
        throw new Error('the library has no Client');
      }
      const Client = library.Client as new () => PcscClient;
      return { client: () => new Client() };
    },
  });
}
