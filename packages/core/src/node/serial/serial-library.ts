import { optionalLibrary, type OptionalLibrary } from '../optional-library.js';

/** How a line is opened, in the words of `serialport`. */
export interface SerialSettings {
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly stopBits: 1 | 2;
  readonly parity: 'none' | 'even' | 'odd';
  readonly rtscts: boolean;
  /** Nobody else may open the line, in any process. */
  readonly lock: true;
}

/** What the library waits with for an open line. */
export interface SerialPoller {
  poll(flags?: number): void;
  listenerCount(event: 'readable' | 'writable'): number;
  /** Waits once; `error` when the line was closed or has gone. */
  once(event: 'readable', listener: (error: Error | null) => void): unknown;
}

/** One open line, as the binding of `serialport` gives it. One read and one write at a time. */
export interface SerialHandle {
  /** Only on systems like Linux. */
  readonly poller?: SerialPoller;
  /** The open file, null once it is closed; only on systems like Linux. It is read without waiting. */
  readonly fd?: number | null;
  /** At least one byte; rejects with `canceled` when the line is closed meanwhile. */
  read(buffer: Buffer, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  /** Resolves when the operating system has taken all bytes; rejects with `canceled` when the line is closed meanwhile. */
  write(bytes: Buffer): Promise<void>;
  /** Throws away what has come and was not read, and what waits to be sent. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The part of `serialport` that opening needs: its binding, not its stream. The stream queues what is written to a
 * closed line for ever, reads ahead and opens again by itself.
 */
export interface SerialLibrary {
  open(settings: SerialSettings): Promise<SerialHandle>;
}

/** `serialport` 13. */
export function nodeSerialport(): OptionalLibrary<SerialLibrary> {
  return optionalLibrary({
    kind: 'serial',
    name: 'serialport',
    needs: 'install the library for this system and Node version again: npm rebuild serialport',
    load: async () => {
      const { SerialPort } = await import('serialport');
      return { open: (settings) => SerialPort.binding.open(settings) };
    },
  });
}
