// What it costs to have a bus in a thread or a process of its own.
import { childBus, workerBus } from '@buergerkoffer/core/node';

const PORT = {
  bus: 'usb',
  id: 'u',
  path: '1-1:1.0',
  physical: 'usb:1-1',
  vendorId: 1,
  productId: 1,
  interfaceNumber: 0,
  interfaceClass: 255,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
};
const MEBIBYTE = 1024 * 1024;

export async function run({ measure, say }) {
  const module = new URL('remote-bus/echo-bus.mjs', import.meta.url);
  const buses = { 'in a thread': workerBus('usb', { module }), 'in a process': childBus('usb', { module }) };
  for (const [where, bus] of Object.entries(buses)) {
    const usb = await bus.open(PORT, {});
    const few = new Uint8Array(64);
    const much = new Uint8Array(MEBIBYTE);
    say(
      `remote bus ${where}: 64 bytes out`,
      await measure(() => usb.transferOut(1, few), { runs: 1_000 }),
      1_000,
    );
    say(`remote bus ${where}: 1 MiB out`, await measure(() => usb.transferOut(1, much)));
    say(`remote bus ${where}: 1 MiB in`, await measure(() => usb.transferIn(1, MEBIBYTE)));
    await usb.close();
  }
}
