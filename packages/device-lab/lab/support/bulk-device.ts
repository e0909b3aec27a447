import type { VirtualUsbDevice } from '@buergerkoffer/device-lab';

/** Bytes of one transfer, both ways. */
export const TRANSFER_BYTES = 64 * 1024;
/** The vendor request that asks for `value` transfers on the IN endpoint. */
export const SEND = 1;
/** The vendor request that answers how many bytes came on the OUT endpoint since the last time, u32 little endian. */
export const TAKEN = 2;
export const ENDPOINT = 1;

/** pid.codes 1209:0001, a number for tests only. */
export const BULK_IDS = { vendorId: 0x1209, productId: 0x0001, serialNumber: 'BULK' } as const;

/** A device that takes and gives bytes as fast as it is asked; it makes them once, so that it costs the same for all. */
export function bulkDevice(): VirtualUsbDevice {
  const endpoint = { number: ENDPOINT, type: 'bulk', packetSize: 512 } as const;
  const block = new Uint8Array(TRANSFER_BYTES).map((_, at) => (at * 31 + (at >> 8)) & 0xff);
  return {
    ...BULK_IDS,
    speed: 'high',
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
      let taken = 0;
      return {
        controlOut: ({ request, value }) => {
          if (request !== SEND) return false;
          for (let sent = 0; sent < value; sent += 1) host.send(ENDPOINT, block, false);
          return true;
        },
        controlIn: ({ request }) => {
          if (request !== TAKEN) return undefined;
          const answer = new Uint8Array(4);
          new DataView(answer.buffer).setUint32(0, taken, true);
          taken = 0;
          return answer;
        },
        received: (_, data) => {
          taken += data.length;
        },
      };
    },
  };
}
