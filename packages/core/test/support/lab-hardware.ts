import {
  ByteInput,
  DeviceLife,
  type ByteTransport,
  type SerialPort,
  type UsbPort,
  type UsbTransport,
} from '@buergerkoffer/core';
import type { VirtualHardware } from '@buergerkoffer/device-lab';

/** What is at the far end of a line: bytes in, bytes out. */
export interface FarEnd {
  received(bytes: Uint8Array, send: (bytes: Uint8Array) => void): void;
}

/** A line at a port that the test names, with a far end of its own for each opening. */
export function lineAt(port: SerialPort, farEnd: () => FarEnd): VirtualHardware<'serial'> {
  return {
    port,
    connect: (_, unplugged): Promise<ByteTransport> => {
      const life = lifeOf(unplugged);
      const input = new ByteInput();
      void life.ended.then((end) => {
        input.end(end);
      });
      const device = farEnd();
      return Promise.resolve({
        input: input.stream,
        ended: life.ended,
        close: () => life.close(),
        write: async (bytes) => {
          await Promise.resolve();
          if (life.over !== undefined) throw life.over;
          device.received(bytes, (answer) => {
            input.push(answer);
          });
        },
      });
    },
  };
}

/** A USB interface at a port that the test names, which never answers. */
export function silentUsbAt(port: UsbPort): VirtualHardware<'usb'> {
  return {
    port,
    connect: (_, unplugged): Promise<UsbTransport> => {
      const life = lifeOf(unplugged);
      const never = () => new Promise<never>(() => undefined);
      return Promise.resolve({
        interfaceNumber: port.interfaceNumber,
        endpoints: [],
        ended: life.ended,
        close: () => life.close(),
        controlTransferIn: never,
        controlTransferOut: never,
        transferIn: never,
        transferOut: never,
        clearHalt: never,
      });
    },
  };
}

function lifeOf(unplugged: AbortSignal): DeviceLife {
  const life = new DeviceLife();
  const lose = (): void => {
    life.lose();
  };
  unplugged.addEventListener('abort', lose, { once: true });
  void life.ended.then(() => {
    unplugged.removeEventListener('abort', lose);
  });
  return life;
}
