import { Observable, type Subscriber } from 'rxjs';
import {
  DeviceError,
  DeviceLife,
  type ByteTransport,
  type SerialPort,
  type TcpPort,
} from '@buergerkoffer/core';
import type { VirtualHardware } from './lab-bus.js';
import { lossOf, onAbort } from './signals.js';

/** Bytes that wait for the first subscriber, at most. */
const KEPT_BYTES = 64 * 1024;

/** The far end of a virtual line: what a piece of hardware does with bytes. */
export interface LineDevice {
  /** Bytes that the driver wrote; `send` answers, in any chunks and at any time until the line ends. */
  received(bytes: Uint8Array, send: (bytes: Uint8Array) => void): void;
  /** The line was opened: hardware that speaks first does it here. */
  opened?(send: (bytes: Uint8Array) => void): void;
}

/** A serial line with `device` at its far end. */
export function virtualSerial(port: SerialPort, device: () => LineDevice): VirtualHardware<'serial'> {
  return { port, connect: (_, unplugged) => Promise.resolve(connectLine(device(), unplugged)) };
}

/** A TCP service with `device` at its far end. */
export function virtualTcp(port: TcpPort, device: () => LineDevice): VirtualHardware<'tcp'> {
  return { port, connect: (_, unplugged) => Promise.resolve(connectLine(device(), unplugged)) };
}

function connectLine(device: LineDevice, unplugged: AbortSignal): ByteTransport {
  const life = new DeviceLife();
  let reader: Subscriber<Uint8Array> | undefined;
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let overflow = false;
  const send = (bytes: Uint8Array): void => {
    if (life.over !== undefined) return;
    const copy = bytes.slice();
    if (reader !== undefined) {
      reader.next(copy);
      return;
    }
    keptBytes += copy.length;
    if (keptBytes > KEPT_BYTES) overflow = true;
    else kept.push(copy);
  };
  onAbort(unplugged, () => {
    life.lose(lossOf(unplugged));
  });
  void life.ended.then((end) => {
    if (end.reason === 'lost') reader?.error(end.error);
    else reader?.complete();
  });
  device.opened?.(send);
  return {
    ended: life.ended,
    close: () => life.close(),
    input: new Observable((subscriber) => {
      if (reader !== undefined) {
        subscriber.error(new DeviceError('busy', 'somebody else reads this line'));
        return;
      }
      if (life.over !== undefined) {
        if (life.over.code === 'closed') subscriber.complete();
        else subscriber.error(life.over);
        return;
      }
      if (overflow) {
        subscriber.error(
          new DeviceError('protocol', `more than ${KEPT_BYTES} bytes came before anybody read`),
        );
        return;
      }
      reader = subscriber;
      subscriber.add(() => {
        reader = undefined;
      });
      const waiting = kept;
      kept = [];
      keptBytes = 0;
      for (const bytes of waiting) subscriber.next(bytes);
    }),
    write: async (bytes, options) => {
      options?.signal?.throwIfAborted();
      checkAlive(life);
      const copy = bytes.slice();
      await Promise.resolve();
      checkAlive(life);
      device.received(copy, send);
    },
  };
}

function checkAlive(life: DeviceLife): void {
  if (life.over !== undefined) throw life.over;
}
