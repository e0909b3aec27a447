import { InputError } from '@buergerkoffer/formats';
import type { Connect, Exit } from '../supervision/connection.js';
import { encodeFrame, FrameReader } from './frame.js';

/** A running process whose messages are bytes on pipes. */
export interface ByteConnection {
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
export type ByteConnect = (received: (chunk: Uint8Array) => void) => ByteConnection;

/** Messages over the bytes of `connect`, in frames of at most `maxFrameBytes`. */
export function framed(connect: ByteConnect, maxFrameBytes: number): Connect {
  return (incoming) => {
    const reader = new FrameReader((message) => {
      incoming.message(message);
    }, maxFrameBytes);
    let broken = false;
    const connection = connect((chunk) => {
      if (broken) return;
      try {
        reader.push(chunk);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        broken = true;
        incoming.broken(error);
      }
    });
    return {
      send: (message) => {
        connection.send(encodeFrame(message));
      },
      unread: () => connection.unread(),
      finish: () => {
        connection.finish();
      },
      kill: () => {
        connection.kill();
      },
      exited: connection.exited,
    };
  };
}
