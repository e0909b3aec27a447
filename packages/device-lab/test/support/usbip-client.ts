import { ByteReader } from '@buergerkoffer/formats';

/** The client's half of USB/IP, written from the protocol's tables, apart from the code under test. */

export const DEVID = 0x10002;

/** Numbers of 32 bits, big endian. */
export function words(...values: number[]): number[] {
  return values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
}

/** What a CMD_SUBMIT says; a packet on endpoint 0 has a setup. */
export interface Submitted {
  readonly seqnum: number;
  readonly direction: 'in' | 'out';
  readonly endpoint: number;
  readonly length?: number;
  readonly data?: Uint8Array;
  readonly setup?: readonly number[];
  readonly devid?: number;
  readonly packets?: number;
}

export function submit(one: Submitted): Uint8Array {
  const { data = new Uint8Array(0), setup = [0, 0, 0, 0, 0, 0, 0, 0] } = one;
  const length = one.length ?? data.length;
  const direction = one.direction === 'in' ? 1 : 0;
  return new Uint8Array([
    ...words(1, one.seqnum, one.devid ?? DEVID, direction, one.endpoint),
    ...words(0, length, 0, one.packets ?? 0, 0),
    ...setup,
    ...data,
  ]);
}

export function unlink(seqnum: number, unlinks: number): Uint8Array {
  return new Uint8Array([...words(2, seqnum, DEVID, 0, 0, unlinks), ...new Uint8Array(24)]);
}

/** Reads the stream of answers; `direction` says which transfers carry data. */
export function readAnswers(bytes: Uint8Array, direction: (seqnum: number) => 'in' | 'out'): string[] {
  const reader = new ByteReader(bytes);
  const all: string[] = [];
  while (reader.remaining > 0) {
    const command = reader.u32();
    const seqnum = reader.u32();
    reader.skip(12);
    const status = reader.i32();
    const actual = reader.u32();
    reader.skip(20);
    if (command === 4) {
      all.push(`unlink ${seqnum}: ${status}`);
    } else {
      const data = direction(seqnum) === 'in' ? [...reader.bytes(actual)] : [];
      all.push(`${seqnum}: ${status}, ${actual}${data.length > 0 ? ` = ${data.join(' ')}` : ''}`);
    }
  }
  return all;
}
