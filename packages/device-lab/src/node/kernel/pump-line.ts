import type { Readable, Writable } from 'node:stream';
import type { LineEngine } from '../../serial/line-engine.js';
import type { LineSettings } from '../../serial/virtual-line-device.js';

/** Bytes that may wait for a host that does not read. */
const WAITING_BYTES = 1024 * 1024;

/** Two streams that lead to the host of a line. */
export interface LineStreams {
  readonly fromHost: Readable;
  readonly toHost: Writable;
  readonly settings: LineSettings;
  /** The host does not read what the device says: more than a megabyte waits. */
  readonly overflow: () => void;
}

/**
 * Connects a line device with the streams of its host: while the device is at something, no more is read. The
 * returned function ends it; the streams are the caller's.
 */
export function pumpLine(
  engine: LineEngine,
  { fromHost, toHost, settings, overflow }: LineStreams,
): () => void {
  const heard = (chunk: Uint8Array): void => {
    fromHost.pause();
    engine.write(Uint8Array.from(chunk), () => fromHost.resume());
  };
  const close = engine.open({
    settings,
    hear: (bytes) => {
      if (toHost.writableLength > WAITING_BYTES) overflow();
      else if (toHost.writable) toHost.write(bytes);
    },
  });
  fromHost.on('data', heard);
  return () => {
    fromHost.off('data', heard);
    close();
  };
}
