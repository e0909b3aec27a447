import type { InputError } from '@buergerkoffer/formats';

/** How the other side ended, in words that hold nothing of what it wrote. */
export interface Exit {
  /** A fixed sentence about how it ended: `it exited with code 3`. */
  readonly how: string;
  /** How many bytes it wrote to stderr; the text itself may hold personal data and is not kept. */
  readonly stderrBytes: number;
}

/** Hears what comes from the other side. */
export interface Incoming {
  /** One message, of whatever shape. */
  message(value: unknown): void;
  /** What came is no message; nothing is heard after that. */
  broken(error: InputError): void;
}

/** Sends one message; the buffers in `transfer` are handed over instead of copied, where the connection can. */
export type Send = (message: object, transfer?: readonly ArrayBuffer[]) => void;

/** A running process or thread, as far as its supervisor must know it. */
export interface Connection {
  /** Sends without waiting for anybody to read. Throws `InputError` for what cannot travel. */
  readonly send: Send;
  /** Bytes that were sent and not yet read, as far as it can be known. */
  unread(): number;
  /** Tells it that it is no longer needed: it should end by itself. */
  finish(): void;
  /** Ends it whatever it does. */
  kill(): void;
  /** Settles once when it is gone; never rejects. */
  readonly exited: Promise<Exit>;
}

/** Starts the other side; `incoming` hears all that it says. */
export type Connect = (incoming: Incoming) => Connection;
