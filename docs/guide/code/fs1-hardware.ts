import type { VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { FS1, GLASS } from './fs1-driver.js';

// #region hardware
/** An FS-1 that exists in memory, with a striped finger on its glass; `lifts` fingers are lifted too early. */
export function virtualFs1(lifts: { count: number }): VirtualUsbDevice {
  return {
    vendorId: 0x1209,
    productId: 0x0001,
    maker: 'Example',
    model: 'FS-1',
    speed: 'full',
    interfaces: [
      {
        number: 0,
        interfaceClass: 0xff,
        endpoints: [
          { direction: 'in', number: 1, type: 'bulk', packetSize: 64 },
          { direction: 'out', number: 1, type: 'bulk', packetSize: 64 },
        ],
      },
    ],
    powerUp: (host) => ({
      received: (endpoint, [command, round = 0]) => {
        if (command !== FS1.start) return;
        host.send(endpoint, new Uint8Array([FS1.ready, round]));
        for (; lifts.count > 0; lifts.count -= 1) {
          host.send(endpoint, new Uint8Array([FS1.again, round]));
          host.send(endpoint, new Uint8Array([FS1.ready, round]));
        }
        host.send(endpoint, imageMessage(round));
      },
    }),
  };
}

function imageMessage(round: number): Uint8Array {
  const { widthPx, heightPx } = GLASS;
  const head = [FS1.image, round, widthPx >> 8, widthPx & 255, heightPx >> 8, heightPx & 255];
  const ridges = Array.from({ length: widthPx * heightPx }, (_, i) => (i % 16 < 8 ? 40 : 220));
  return new Uint8Array([...head, ...ridges]);
}
// #endregion
