// What counting and timing each operation of a transport costs.
import { DeviceMeter, measured } from '@buergerkoffer/core';

const OPERATIONS = 10_000;

export async function run({ measure, say }) {
  const answer = Promise.resolve({ status: 'ok', bytesWritten: 64 });
  const bare = { transferOut: () => answer, close: () => Promise.resolve(), endpoints: [] };
  const clock = { now: () => Date.now(), elapsed: () => performance.now() };
  const meter = new DeviceMeter(clock, () => undefined);
  const metered = measured('usb', bare, meter.transport({ bus: 'usb', path: '1-1' }));
  const bytes = new Uint8Array(64);
  const writes = (usb) => async () => {
    for (let i = 0; i < OPERATIONS; i += 1) await usb.transferOut(1, bytes);
  };
  say('health: 10,000 operations, not measured', await measure(writes(bare)));
  say('health: 10,000 operations, measured', await measure(writes(metered)));
  const look = () => [meter.openings.snapshot(), meter.operations.snapshot(), meter.transports];
  say('health: one look at one device', await measure(look));
}
