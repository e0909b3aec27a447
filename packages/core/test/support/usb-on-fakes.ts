import { Subject } from 'rxjs';
import { vi } from 'vitest';
import type { UsbInResult } from '@buergerkoffer/core';
import { ClaimedInterface } from '../../src/node/usb/claimed-interface.js';
import { NodeUsbTransport } from '../../src/node/usb/usb-transport.js';
import { FakeUsbDevice } from './fake-usb-device.js';
import { FakeUsbHandle } from './fake-usb-handle.js';

/** A transport on an interface of a fake device, opened as `openInterface` does it, without a device tree. */
export async function transportOn(
  device: FakeUsbDevice,
  { interfaceNumber = 0, alternateSetting = 0, kernelDriverDetached = false } = {},
) {
  const handle = new FakeUsbHandle(device, 1, 2);
  const gone = new Subject<unknown>();
  await handle.open();
  await handle.claimInterface(interfaceNumber);
  if (alternateSetting !== 0) await handle.selectAlternateInterface(interfaceNumber, alternateSetting);
  const path = `1-1:1.${interfaceNumber}`;
  const claim = {
    device: handle,
    interfaceNumber,
    alternateSetting,
    kernelDriverDetached,
    path,
    isThere: () => Promise.resolve(!gone.closed),
  };
  const transport = new NodeUsbTransport({
    claimed: new ClaimedInterface(claim),
    interfaceNumber,
    endpoints: device.endpoints(interfaceNumber).map(({ address, packetSize = 512 }) => ({
      direction: address >= 0x80 ? 'in' : 'out',
      number: address & 0x0f,
      type: 'bulk',
      packetSize,
    })),
    path,
    gone,
  });
  return { transport, handle, gone };
}

/** Closes while virtual time goes on: the kernel needs some to end what is pending. */
export async function closing(transport: { close(): Promise<void> }): Promise<void> {
  const closed = transport.close();
  await vi.advanceTimersByTimeAsync(50);
  await closed;
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The text that came, or `stall`. */
export function textOf(result: UsbInResult): string {
  return result.status === 'ok' ? new TextDecoder().decode(result.data) : result.status;
}

/** How a call ended: the text that came, its status, the code of its error, or what it was aborted with. */
export function endOf(call: Promise<UsbInResult | { readonly status: string } | void>): Promise<unknown> {
  return call.then(
    (result) => {
      if (result === undefined) return 'done';
      return 'data' in result ? textOf(result) : result.status;
    },
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
}
