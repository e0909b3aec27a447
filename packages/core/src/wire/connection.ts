/** How a process with devices ended, in words that hold nothing of what it wrote. */
export interface Exit {
  /** A fixed sentence about how it ended: `it exited with code 3`. */
  readonly how: string;
  /** How many bytes it wrote to stderr; the text itself may hold personal data and is not kept. */
  readonly stderrBytes: number;
}

/** A running process with devices, as far as the supervisor must know it. */
export interface Connection {
  /** Sends bytes without waiting for anybody to read them. */
  send(bytes: Uint8Array): void;
  /** Bytes that were sent and not yet read. */
  unread(): number;
  /** Closes its input: it should end by itself. */
  finish(): void;
  /** Ends it whatever it does. */
  kill(): void;
  /** Settles once when the process is gone; never rejects. */
  readonly exited: Promise<Exit>;
}

/** Starts a process; `received` is called with each chunk that it writes. */
export type Connect = (received: (chunk: Uint8Array) => void) => Connection;
