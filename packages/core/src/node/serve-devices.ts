import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { withDeadline } from '../deadline.js';
import type { DeviceSource } from '../source.js';
import { childMessageValue, type ChildMessage } from '../wire/child-message.js';
import { DeviceServer } from '../wire/device-server.js';
import { encodeFrame, FrameReader } from '../wire/frame.js';
import { readHostMessage } from '../wire/host-message.js';

/** The two streams of a process with devices. */
export interface ServeStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/** How long devices may take to close when the other side has gone, in milliseconds. */
const END_MS = 3_000;

/**
 * Serves the devices of `source` to a `processSource` in another process, over stdin and stdout unless `streams`
 * says otherwise; nothing else may write to stdout then. Resolves when the input has ended and the devices are
 * closed; rejects `InputError` when the other side does not keep the protocol. On its own stdin the process is
 * ended then even if a library still holds it.
 */
export async function serveDevices(source: DeviceSource, streams?: ServeStreams): Promise<void> {
  const { input, output } = streams ?? { input: process.stdin, output: process.stdout };
  const server = new DeviceServer(source, (message: ChildMessage) => {
    const frame = encodeFrame(childMessageValue(message));
    if (output.writable) output.write(frame);
  });
  try {
    await untilEnded(input, output, server);
  } finally {
    await withDeadline('closing the devices', END_MS, () => server.end()).catch(() => undefined);
    if (streams === undefined) endSoon();
  }
}

function untilEnded(input: Readable, output: Writable, server: DeviceServer): Promise<void> {
  return new Promise((resolve, reject) => {
    const reader = new FrameReader((message) => {
      server.receive(readHostMessage(message));
    });
    const onData = (chunk: Uint8Array): void => {
      try {
        reader.push(chunk);
      } catch (error) {
        input.off('data', onData);
        reject(error);
      }
    };
    const over = (): void => {
      input.off('data', onData);
      resolve();
    };
    input.on('data', onData).once('end', over).once('close', over).once('error', over);
    // The reader of the output has gone: so has the other side.
    output.once('close', over).on('error', over);
    server.start();
  });
}

/** A native handle that a library forgot must not keep the process, and with it the hardware. */
function endSoon(): void {
  setTimeout(() => {
    process.exit();
  }, END_MS).unref();
}
