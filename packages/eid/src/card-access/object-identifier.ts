import { ByteReader, InputError } from '@buergerkoffer/formats';

/** Most arcs of an object identifier that is read; the longest of TR-03110 has twelve. */
const MOST_ARCS = 32;

/**
 * The dotted form of an encoded OBJECT IDENTIFIER (ITU-T X.690, 8.19). `offset` is where the value starts in the input.
 * Errors: `truncated`, `malformed` for padding, `too-large` beyond 32 arcs or 2^31 in one.
 */
export function decodeOid(value: Uint8Array, offset = 0): string {
  const reader = new ByteReader(value, { baseOffset: offset });
  const arcs: number[] = [];
  do {
    if (arcs.length === MOST_ARCS) {
      throw new InputError('too-large', `an object identifier has at most ${MOST_ARCS} arcs`, {
        offset: reader.offset,
      });
    }
    arcs.push(arc(reader));
  } while (reader.remaining > 0);
  const [both = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(both / 40));
  return [root, both - 40 * root, ...rest].join('.');
}

/** The value bytes of the dotted `oid`; `malformed` when it is none (ITU-T X.690, 8.19). */
export function encodeOid(oid: string): Uint8Array<ArrayBuffer> {
  if (!/^[012](\.(0|[1-9]\d{0,8})){1,31}$/.test(oid)) {
    throw new InputError('malformed', 'a dotted object identifier was expected');
  }
  const [root = 0, second = 0, ...rest] = oid.split('.').map(Number);
  return new Uint8Array([root * 40 + second, ...rest].flatMap(base128));
}

function arc(reader: ByteReader): number {
  const offset = reader.offset;
  let value = 0;
  for (;;) {
    const byte = reader.u8();
    if (value === 0 && byte === 0x80) throw new InputError('malformed', 'an arc is padded', { offset });
    value = value * 128 + (byte & 0x7f);
    if (value >= 2 ** 31) throw new InputError('too-large', 'an arc is larger than 31 bits', { offset });
    if (byte < 0x80) return value;
  }
}

function base128(value: number): readonly number[] {
  const low = value % 128;
  const groups = [low];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    groups.unshift(0x80 | (rest % 128));
  }
  return groups;
}
