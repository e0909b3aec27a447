import { ByteReader, InputError, readTlv, type Tlv } from '@buergerkoffer/formats';
import { decodeOid } from './object-identifier.js';
import { AGREEMENTS, BSI_SMARTCARD, CIPHERS, PACE_MAPPINGS, type SecurityInfo } from './security-info.js';

/** Largest EF.CardAccess that is read, in bytes; German cards have some 300. */
const LARGEST = 16_384;
/** OID of standardized domain parameters (TR-03110 part 3, A.2.1.1). */
const STANDARDIZED = '0.4.0.127.0.7.1.2';
const INTEGER = 0x02;
const OID = 0x06;
const IA5_STRING = 0x16;
const SEQUENCE = 0x30;
const SET = 0x31;

/**
 * What EF.CardAccess says the card can do, in the card's order; unknown kinds are kept. Bytes behind the SET are ignored: a
 * file may be longer than what it holds. The file is not signed: compare with EF.CardSecurity after terminal authentication.
 * Errors carry the offset: `truncated`, `malformed`, `too-large`, `missing`, `unsupported` (TR-03110 part 3, A.1).
 */
export function readCardAccess(bytes: Uint8Array): readonly SecurityInfo[] {
  const set = readTlv(outermost(bytes), { encoding: 'der', maxDepth: 8, maxObjects: 500 });
  return securityInfos(expectTag(set, SET));
}

function outermost(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  reader.skip(1);
  const first = reader.u8();
  let length = first;
  if (first > 0x80 && first <= 0x84) {
    length = 0;
    for (let index = 0; index < first - 0x80; index += 1) length = length * 256 + reader.u8();
  }
  if (reader.offset + length > LARGEST) {
    throw new InputError('too-large', `EF.CardAccess has at most ${LARGEST} bytes`, { offset: 1 });
  }
  return bytes.subarray(0, reader.offset + length);
}

function securityInfos(set: Tlv): readonly SecurityInfo[] {
  return set.children.map(securityInfo);
}

function securityInfo(info: Tlv): SecurityInfo {
  const fields = expectTag(info, SEQUENCE).children;
  const [head, ...rest] = fields;
  const protocol = expectTag(required(head, info, 'protocol'), OID);
  const oid = decodeOid(protocol.value, protocol.offset + 2);
  return known(oid, rest, info) ?? { type: 'unknown', oid, der: whole(info) };
}

function known(oid: string, [first, second]: readonly Tlv[], info: Tlv): SecurityInfo | undefined {
  if (!oid.startsWith(`${BSI_SMARTCARD}.`)) return undefined;
  const arcs = oid
    .slice(BSI_SMARTCARD.length + 1)
    .split('.')
    .map(Number);
  const [protocol, variant, last] = arcs;
  const version = (): number => integer(required(first, info, 'version'));
  switch (`${protocol}/${arcs.length}`) {
    case '2/1':
      return { type: 'terminal-authentication', version: version() };
    case '3/2': {
      const agreement = at(AGREEMENTS, variant);
      if (agreement === undefined) return undefined;
      const parameterId = domainParameters(required(first, info, 'parameters'));
      return { type: 'chip-authentication-parameters', agreement, parameterId, ...keyId(second) };
    }
    case '3/3': {
      const [agreement, cipher] = [at(AGREEMENTS, variant), at(CIPHERS, last)];
      if (agreement === undefined || cipher === undefined) return undefined;
      return { type: 'chip-authentication', agreement, cipher, version: version(), ...keyId(second) };
    }
    case '4/3': {
      const [mapping, cipher] = [at(PACE_MAPPINGS, variant), at(CIPHERS, last)];
      if (mapping === undefined || cipher === undefined) return undefined;
      const parameterId = second === undefined ? {} : { parameterId: integer(second) };
      return { type: 'pace', mapping, cipher, version: version(), ...parameterId };
    }
    case '6/1':
      return { type: 'card-info', url: ascii(required(first, info, 'urlCardInfo')) };
    case '8/1': {
      const infos = expectTag(required(first, info, 'infos'), SET);
      return { type: 'privileged-terminal', infos: securityInfos(infos) };
    }
    default:
      return undefined;
  }
}

function domainParameters(algorithm: Tlv): number | 'explicit' {
  const [head, parameters] = expectTag(algorithm, SEQUENCE).children;
  const name = expectTag(required(head, algorithm, 'algorithm'), OID);
  if (decodeOid(name.value, name.offset + 2) !== STANDARDIZED) return 'explicit';
  return integer(required(parameters, algorithm, 'parameterId'));
}

function keyId(field: Tlv | undefined): { readonly keyId?: number } {
  return field === undefined ? {} : { keyId: integer(field) };
}

function integer(field: Tlv): number {
  const { value, offset } = expectTag(field, INTEGER);
  const first = value[0];
  if (first === undefined) throw new InputError('truncated', 'an INTEGER has no bytes', { offset });
  if (value.length > 1 && first === 0 && (value[1] ?? 0) < 0x80) {
    throw new InputError('malformed', 'DER wants the shortest INTEGER', { offset });
  }
  if (first >= 0x80 || value.length > 5) {
    throw new InputError('out-of-range', 'an INTEGER is negative or larger than 4 bytes', { offset });
  }
  return value.reduce((number, byte) => number * 256 + byte, 0);
}

function ascii(field: Tlv): string {
  const { value, offset } = expectTag(field, IA5_STRING);
  return new ByteReader(value, { baseOffset: offset + 2 }).ascii(value.length);
}

function whole(info: Tlv): Uint8Array {
  const { value } = info;
  const header = value.length < 0x80 ? 2 : value.length < 0x100 ? 3 : 4;
  return new Uint8Array(value.buffer, value.byteOffset - header, header + value.length).slice();
}

function expectTag(field: Tlv, tag: number): Tlv {
  if (field.tag === tag) return field;
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  throw new InputError('malformed', `tag ${hex(tag)} was expected, ${hex(field.tag)} is there`, {
    offset: field.offset,
  });
}

function required(field: Tlv | undefined, parent: Tlv, path: string): Tlv {
  if (field !== undefined) return field;
  throw new InputError('missing', `${path} is missing`, { offset: parent.offset, path });
}

function at<T>(table: Readonly<Record<number, T>>, key: number | undefined): T | undefined {
  return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
