import process from 'node:process';
import { parentPort, type MessagePort } from 'node:worker_threads';
import type { Bus } from '../bus.js';
import { withDeadline } from '../deadline.js';
import { DeviceError } from '../device-error.js';
import type { BusKind } from '../port.js';
import { BusServer } from '../remote-bus/bus-server.js';
import type { Channel } from '../remote-bus/travelling-bytes.js';
import { post } from './bus-program.js';

/** How long ports may take to close when nobody needs them, in milliseconds. */
const END_MS = 3_000;

/**
 * Serves `bus` to the `workerBus` or `childBus` that runs this module. Resolves when the bus is no longer needed and
 * its ports are closed; then the thread or process ends, even if a library still holds it. Rejects `InputError` when
 * the other side does not keep the protocol, `invalid-request` in a module that was started in another way.
 */
export async function serveBus<K extends BusKind>(bus: Bus<K>): Promise<void> {
  const near = nearSide();
  const server = new BusServer(bus, near.channel);
  try {
    const broken = new Promise<never>((_, reject) => {
      near.listen((value) => {
        try {
          server.receive(value);
        } catch (error) {
          reject(error);
        }
      });
    });
    server.start();
    await Promise.race([server.finished, near.gone, broken]);
  } finally {
    await withDeadline('closing the ports', END_MS, () => server.end()).catch(() => undefined);
    near.end();
  }
}

/** The side of the app, as it is reached from here. */
interface NearSide {
  readonly channel: Channel;
  readonly listen: (receive: (value: unknown) => void) => void;
  /** Resolves when it has gone without saying so. */
  readonly gone: Promise<void>;
  readonly end: () => void;
}

function nearSide(): NearSide {
  if (parentPort !== null) return threadSide(parentPort);
  if (process.send !== undefined) return processSide(process.send.bind(process));
  throw new DeviceError(
    'invalid-request',
    'serveBus runs in a module that workerBus or childBus has started',
    {
      remedy: 'give the URL of this module to workerBus or childBus',
    },
  );
}

function threadSide(port: MessagePort): NearSide {
  return {
    channel: {
      transfers: true,
      send: (message, transfer) => {
        post(port, message, transfer ?? []);
      },
    },
    listen: (receive) => {
      port.on('message', receive);
    },
    gone: new Promise((resolve) => {
      port.on('close', resolve);
    }),
    end: () => {
      port.close();
      endSoon();
    },
  };
}

function processSide(send: (message: object) => unknown): NearSide {
  return {
    channel: {
      transfers: false,
      send: (message) => {
        if (process.connected) send(message);
      },
    },
    listen: (receive) => {
      process.on('message', receive);
    },
    gone: new Promise((resolve) => {
      process.once('disconnect', resolve);
    }),
    end: () => {
      if (process.connected) process.disconnect();
      endSoon();
    },
  };
}

/** A native handle that a library forgot must not keep the thread or process, and with it the hardware. */
function endSoon(): void {
  setTimeout(() => {
    process.exit();
  }, END_MS).unref();
}
