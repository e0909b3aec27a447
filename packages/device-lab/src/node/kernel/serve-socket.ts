import type { Socket } from 'node:net';
import type { Send } from '../../usbip/usbip-session.js';

/** What speaks USB/IP on one side of a stream. */
export interface Speaker {
  /** Takes bytes, which are its own from now on; throws for what is no protocol. */
  receive(bytes: Uint8Array): void;
  /** The stream is over. Idempotent. */
  end(): void;
}

/** Writes to a socket; while the other side does not read, nothing more is taken from it. */
export function sendTo(socket: Socket): Send {
  return (...parts) => {
    socket.cork();
    let room = true;
    for (const part of parts) if (part.length > 0) room = socket.write(part);
    socket.uncork();
    if (room || socket.isPaused()) return;
    socket.pause();
    socket.once('drain', () => {
      socket.resume();
    });
  };
}

/** Lets `speaker` hear a socket until it ends; a stream that is no protocol is cut off, and told to `failed`. */
export function serveSocket(socket: Socket, speaker: Speaker, failed?: (error: unknown) => void): void {
  socket.on('data', (chunk) => {
    try {
      speaker.receive(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    } catch (error) {
      failed?.(error);
      socket.destroy();
    }
  });
  socket.on('error', () => undefined); // `close` follows, and says all there is to know
  socket.on('close', () => {
    speaker.end();
  });
}
