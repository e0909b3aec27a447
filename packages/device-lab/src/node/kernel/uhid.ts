import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { withDeadline } from '@buergerkoffer/core';
import { HidEngine, type HidAnswer } from '../../hid/hid-engine.js';
import { framed } from '../../hid/hid-frame.js';
import type { VirtualHidDevice } from '../../hid/virtual-hid-device.js';
import { ByteQueue } from '../../byte-queue.js';
import { attachment, type AttachOptions, type Attached } from './attached.js';
import { systemFailure } from './system-error.js';
import {
  EVENT_BYTES,
  readEvent,
  writeCreate,
  writeDestroy,
  writeGetReply,
  writeInput,
  writeSetReply,
} from './uhid-events.js';

const UHID = '/dev/uhid';
/** How long the reader may take to end, in milliseconds. */
const END_MS = 5_000;

/**
 * Reads descriptor 3 and writes to its output until its input ends, as it does when this process dies. A read of
 * /dev/uhid blocks: in this process it would hold one of Node's four threads.
 */
const READER = 'cat <&3 & read -r _; kill $!';

/** How a HID device is attached to the kernel. */
export interface UhidOptions extends AttachOptions {
  /** The kernel's door for HID devices of programs. */
  readonly uhidNode?: string;
}

/**
 * Gives a HID device to the kernel of this computer through `/dev/uhid` (Linux, root): `/dev/hidraw*` appears, input
 * drivers bind. There is no USB behind it: for `lsusb` use `attachVhci(hidAsUsb(device))`. Rejects `not-found` without
 * the module, `access-denied` without the right, `InputError` when the report descriptor is none.
 */
export async function attachUhid(device: VirtualHidDevice, options: UhidOptions = {}): Promise<Attached> {
  const { uhidNode = UHID, failed = () => undefined } = options;
  const creation = writeCreate(device);
  const engine = new HidEngine(device, failed);
  let descriptor: number | undefined;
  let reader: ChildProcess | undefined;
  const attached = attachment(async () => {
    engine.powerDown();
    try {
      if (descriptor !== undefined) {
        writeSync(descriptor, writeDestroy());
        closeSync(descriptor);
      }
    } finally {
      descriptor = undefined;
      if (reader !== undefined) await end(reader);
    }
  });
  /** Says something to the kernel; nothing more once it has ended. */
  const tell = (event: Uint8Array): void => {
    try {
      if (descriptor !== undefined) writeSync(descriptor, event);
    } catch (error) {
      failed(error);
    }
  };
  try {
    descriptor = openSync(uhidNode, 'r+');
    writeSync(descriptor, creation);
    reader = spawn('sh', ['-c', READER], { stdio: ['pipe', 'pipe', 'ignore', descriptor] });
    reader.on('error', () => undefined); // heard here:
    await once(reader, 'spawn');
  } catch (error) {
    await attached.unplug();
    throw systemFailure(error, {
      absent: 'this kernel takes no HID devices from programs',
      remedy: 'run `modprobe uhid` as root, or use the lab’s guest, which has it',
      forbidden: `no right to use ${uhidNode}`,
    });
  }
  engine.listen((report) => {
    tell(writeInput(framed(engine.descriptor, report)));
  });
  const events = new ByteQueue();
  reader.stdout?.on('data', (chunk: Buffer) => {
    events.push(new Uint8Array(chunk));
    for (let event = events.take(EVENT_BYTES); event !== undefined; event = events.take(EVENT_BYTES)) {
      try {
        answer(engine, event, tell);
      } catch (error) {
        failed(error);
      }
    }
  });
  reader.once('exit', () => void attached.unplug());
  return attached;
}

/** Does what the kernel asks, and says so when it is done. */
function answer(engine: HidEngine, bytes: Uint8Array, tell: (event: Uint8Array) => void): void {
  const event = readEvent(bytes);
  switch (event.type) {
    case 'state':
      return;
    case 'output':
      engine.call({ type: 'output', report: event.report }, () => undefined);
      return;
    case 'get-report': {
      const { id, reportId } = event;
      if (event.kind !== 'feature') tell(writeGetReply(id, undefined));
      else {
        engine.call({ type: 'get-feature', reportId }, (read) => {
          tell(writeGetReply(id, read.status === 'ok' ? { reportId, data: read.data } : undefined));
        });
      }
      return;
    }
    case 'set-report': {
      const { id, report } = event;
      const done = ({ status }: HidAnswer): void => {
        tell(writeSetReply(id, status === 'ok'));
      };
      if (event.kind === 'input') done({ status: 'refused' });
      else engine.call({ type: event.kind === 'feature' ? 'set-feature' : 'output', report }, done);
      return;
    }
    default:
      event satisfies never;
  }
}

/** Ends the reader; one that does not end is killed. */
async function end(reader: ChildProcess): Promise<void> {
  if (reader.pid === undefined || reader.exitCode !== null || reader.signalCode !== null) return;
  const exited = once(reader, 'exit');
  reader.stdin?.end();
  await withDeadline('the reader of uhid', END_MS, () => exited).catch(() => reader.kill('SIGKILL'));
}
