import { DeviceError, type UsbSetup } from '@buergerkoffer/core';
import { ByteReader, ByteWriter } from '@buergerkoffer/formats';

/** The eight bytes that begin a control transfer (USB 2.0, 9.3), taken apart. */
export interface SetupPacket {
  readonly direction: 'in' | 'out';
  readonly setup: UsbSetup;
  /** wLength: bytes of the data stage, 0 to 65,535. */
  readonly length: number;
}

/** The most bytes of a control transfer's data stage. */
export const CONTROL_BYTES = 0xffff;

const TYPES = ['standard', 'class', 'vendor'] as const;
const RECIPIENTS = ['device', 'interface', 'endpoint', 'other'] as const;

/** A setup packet of eight bytes; undefined where type or recipient are reserved values, which no device knows. */
export function readSetup(bytes: Uint8Array): SetupPacket | undefined {
  const reader = new ByteReader(bytes, { order: 'little' });
  const bits = reader.u8();
  const request = reader.u8();
  const [value, index, length] = [reader.u16(), reader.u16(), reader.u16()];
  reader.expectEnd();
  const requestType = TYPES[(bits >> 5) & 3];
  const recipient = RECIPIENTS[bits & 31];
  if (requestType === undefined || recipient === undefined) return undefined;
  const direction = (bits & 0x80) === 0 ? 'out' : 'in';
  return { direction, setup: { requestType, recipient, request, value, index }, length };
}

/** The eight bytes of a setup packet; a number that does not fit its field is `InputError('out-of-range')`. */
export function writeSetup({ direction, setup, length }: SetupPacket): Uint8Array {
  const bits = TYPES.indexOf(setup.requestType) << 5;
  return new ByteWriter('little')
    .u8((direction === 'in' ? 0x80 : 0) | bits | RECIPIENTS.indexOf(setup.recipient))
    .u8(setup.request)
    .u16(setup.value)
    .u16(setup.index)
    .u16(length)
    .toBytes();
}

/** Refuses, as `invalid-request`, what no setup packet can carry. */
export function checkSetup(setup: UsbSetup, length: number): void {
  const limits = [
    ['request', setup.request, 0xff],
    ['value', setup.value, 0xffff],
    ['index', setup.index, 0xffff],
    ['length', length, CONTROL_BYTES],
  ] as const;
  for (const [path, number, most] of limits) {
    if (Number.isInteger(number) && number >= 0 && number <= most) continue;
    throw new DeviceError(
      'invalid-request',
      `${path} of a control transfer is an integer from 0 to ${most}`,
      {
        path,
      },
    );
  }
}
