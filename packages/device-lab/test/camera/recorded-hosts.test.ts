import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readU16, readU32 } from './support/ptp-values.js';
import { plugCamera, type UsbHost } from './support/usb-host.js';

const DATA = new URL('../../../../../shared/data/camera/', import.meta.url);
const absent = !existsSync(DATA);
if (absent) console.warn('skipped: ../shared/data/camera is not there');

interface Transfer {
  readonly pipe: 'bulk-out' | 'bulk-in' | 'interrupt-in';
  readonly hex: string;
  readonly restIsFile?: string;
}

/** What of a container does not depend on the camera's contents. */
interface Shape {
  readonly type: number;
  readonly code: number;
  readonly transaction: number;
}

function recorded(name: string): readonly Transfer[] {
  const lines = readFileSync(new URL(`ptp/${name}`, DATA), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Transfer);
}

const shapeOf = (bytes: Uint8Array): Shape => ({
  type: readU16(bytes, 4),
  code: readU16(bytes, 6),
  transaction: readU32(bytes, 8),
});

/** The containers that came on the bulk pipe; what continues one is left out. */
function containersOf(transfers: readonly Transfer[]): readonly Shape[] {
  const shapes: Shape[] = [];
  let missing = 0;
  for (const { hex, restIsFile } of transfers.filter(({ pipe }) => pipe === 'bulk-in')) {
    const bytes = Buffer.from(hex, 'hex');
    if (missing > 0) missing -= bytes.length;
    else {
      shapes.push(shapeOf(bytes));
      if (restIsFile === undefined) missing = readU32(bytes) - bytes.length;
    }
  }
  return shapes;
}

/** Sends what the recorded host sent, and waits for events where it did; what our camera says to it. */
async function answers(host: UsbHost, transfers: readonly Transfer[]) {
  const heard: Shape[] = [];
  const events: Awaited<ReturnType<UsbHost['event']>>[] = [];
  const steps = transfers.filter(({ pipe }) => pipe !== 'bulk-in');
  for (const [index, { pipe, hex }] of steps.entries()) {
    if (pipe === 'interrupt-in') {
      events.push(await host.event());
      continue;
    }
    await host.usb.transferOut(2, Uint8Array.from(Buffer.from(hex, 'hex')));
    const next = steps[index + 1];
    if (next?.pipe === 'bulk-out' && shapeOf(Buffer.from(next.hex, 'hex')).type === 2) continue;
    for (;;) {
      const { type, code, transaction } = await host.read();
      heard.push({ type, code, transaction });
      if (type === 3) break;
    }
  }
  return { heard, events };
}

describe.skipIf(absent)('hosts that were recorded with other cameras', () => {
  it('hear of ours what they heard of a standard camera, capture and download included', async () => {
    const session = recorded('vusb-generic-capture.ndjson');
    const { host } = await plugCamera({ taken: 1, picturesPerFolder: 1 });
    const { heard, events } = await answers(host, session);
    expect(heard).toEqual(containersOf(session));
    const told = session
      .filter(({ pipe }) => pipe === 'interrupt-in')
      .map(({ hex }) => Buffer.from(hex, 'hex'));
    expect(events.map(({ code, transaction }) => ({ type: 4, code, transaction }))).toEqual(
      told.map(shapeOf),
    );
    expect(events.flatMap(({ parameters }) => parameters)).toEqual([4, 5]);
  });

  it('hear of ours what they heard of an EOS 60D, up to its storage', async () => {
    const session = recorded('canon-eos60d-session.ndjson').slice(0, 45);
    const { host } = await plugCamera({ dialect: 'canon' });
    const { heard } = await answers(host, session);
    expect(heard).toEqual(containersOf(session));
  });
});
