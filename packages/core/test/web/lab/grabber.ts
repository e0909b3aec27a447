import { Observable } from 'rxjs';
import {
  defineDriver,
  defineKind,
  DeviceError,
  DeviceLife,
  type Device,
  type UsbTransport,
} from '@buergerkoffer/core';
import type { VirtualUsbDevice } from '@buergerkoffer/device-lab';

const ENDPOINT = 1;
const PACKET_BYTES = 64;
const FRAME_BYTES = 200;
const COMMAND = { identify: 1, start: 2, stop: 3 } as const;
const NAME = new TextEncoder().encode('GRABBER');

/** A device that delivers frames until it is told to stop. */
export interface Grabber extends Device {
  /** Numbered frames of 200 bytes; unsubscribing stops the device. */
  frames(): Observable<Uint8Array>;
}

export const GRABBER = defineKind<Grabber>('grabber', 'Bildgeber', { frames: 'stream' });

/** Request and answer over two bulk endpoints: identify, start, stop. */
export const grabberDriver = defineDriver({
  id: 'lab-grabber',
  kind: GRABBER,
  bus: 'usb',
  matches: [{ vendorId: 0x1209, productId: 0x0042, interfaceClass: 0xff }],
  openOptions: {},
  identify: async (transport, signal) => {
    await transport.transferOut(ENDPOINT, Uint8Array.of(COMMAND.identify), { signal });
    const answer = await transport.transferIn(ENDPOINT, PACKET_BYTES, { signal });
    return answer.status === 'ok' && answer.data.join() === NAME.join();
  },
  open: (transport, { port }) => {
    const life = new DeviceLife(() => transport.close());
    void transport.ended.then((end) => {
      if (end.reason === 'lost') life.lose(end.error);
    });
    return Promise.resolve<Grabber>({
      info: { maker: port.maker ?? '', model: port.model ?? '', simulated: false },
      ended: life.ended,
      close: () => life.close(),
      frames: () => life.gate.stream('frames', () => framesOf(transport, life)),
    });
  },
});

function framesOf(transport: UsbTransport, life: DeviceLife): Observable<Uint8Array> {
  return new Observable((subscriber) => {
    const wanted = new AbortController();
    const { signal } = wanted;
    const work = async (): Promise<void> => {
      await transport.transferOut(ENDPOINT, Uint8Array.of(COMMAND.start), { signal });
      while (!signal.aborted) {
        const answer = await transport.transferIn(ENDPOINT, 256, { signal });
        if (answer.status === 'stall') throw new DeviceError('protocol', 'the grabber stalled');
        subscriber.next(answer.data);
      }
    };
    const working = work().catch((error: unknown) => {
      subscriber.error(error);
    });
    subscriber.add(() => {
      wanted.abort();
      life.gate.release(
        working
          .then(() => transport.transferOut(ENDPOINT, Uint8Array.of(COMMAND.stop)))
          .catch(() => undefined),
      );
    });
  });
}

/** The device that the driver is for: a frame every few milliseconds between start and stop. */
export function virtualGrabber(stopped: () => void): VirtualUsbDevice {
  const endpoint = { number: ENDPOINT, type: 'bulk', packetSize: PACKET_BYTES } as const;
  return {
    vendorId: 0x1209,
    productId: 0x0042,
    maker: 'Lab',
    model: 'Grabber',
    speed: 'full',
    interfaces: [
      {
        number: 0,
        interfaceClass: 0xff,
        endpoints: [
          { ...endpoint, direction: 'in' },
          { ...endpoint, direction: 'out' },
        ],
      },
    ],
    powerUp: (host) => {
      let timer: ReturnType<typeof setInterval> | undefined;
      let number = 0;
      const stop = (): void => {
        clearInterval(timer);
        timer = undefined;
      };
      return {
        received: (_, data) => {
          if (data[0] === COMMAND.identify) host.send(ENDPOINT, NAME);
          else if (data[0] === COMMAND.start) {
            timer = setInterval(() => {
              host.send(ENDPOINT, new Uint8Array(FRAME_BYTES).fill(number));
              number = (number + 1) & 0xff;
            }, 5);
          } else {
            stop();
            stopped();
          }
        },
        powerDown: stop,
      };
    },
  };
}
