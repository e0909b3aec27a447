import { writeTlv } from '@buergerkoffer/formats';
import { encodeOid } from './object-identifier.js';
import { AGREEMENTS, BSI_SMARTCARD, CIPHERS, PACE_MAPPINGS, type SecurityInfo } from './security-info.js';

const STANDARDIZED = encodeOid('0.4.0.127.0.7.1.2');

/**
 * EF.CardAccess with `infos`: a DER SET OF, so its members stand in the order of their bytes (ITU-T X.690, 11.6).
 * Explicit domain parameters are not written; they have no place in this file.
 */
export function writeCardAccess(infos: readonly SecurityInfo[]): Uint8Array<ArrayBuffer> {
  const members = infos.map(member).sort(byBytes);
  return writeTlv(0x31, members);
}

function member(info: SecurityInfo): Uint8Array {
  switch (info.type) {
    case 'pace': {
      const oid = [4, numberOf(PACE_MAPPINGS, info.mapping), numberOf(CIPHERS, info.cipher)];
      return sequence(oid, integer(info.version), optional(info.parameterId));
    }
    case 'terminal-authentication':
      return sequence([2], integer(info.version));
    case 'chip-authentication': {
      const oid = [3, numberOf(AGREEMENTS, info.agreement), numberOf(CIPHERS, info.cipher)];
      return sequence(oid, integer(info.version), optional(info.keyId));
    }
    case 'chip-authentication-parameters': {
      const parameters = info.parameterId === 'explicit' ? [] : [integer(info.parameterId)];
      const algorithm = writeTlv(0x30, [writeTlv(0x06, STANDARDIZED), ...parameters]);
      return sequence([3, numberOf(AGREEMENTS, info.agreement)], algorithm, optional(info.keyId));
    }
    case 'card-info':
      return sequence([6], writeTlv(0x16, new TextEncoder().encode(info.url)));
    case 'privileged-terminal':
      return sequence([8], writeCardAccess(info.infos));
    case 'unknown':
      return info.der;
    default:
      return info satisfies never;
  }
}

function sequence(arcs: readonly number[], ...fields: readonly Uint8Array[]): Uint8Array {
  const oid = writeTlv(0x06, encodeOid([BSI_SMARTCARD, ...arcs].join('.')));
  return writeTlv(0x30, [oid, ...fields]);
}

function integer(value: number): Uint8Array {
  const bytes = [value & 0xff];
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256))
    bytes.unshift(rest & 0xff);
  if ((bytes[0] ?? 0) >= 0x80) bytes.unshift(0);
  return writeTlv(0x02, new Uint8Array(bytes));
}

function optional(value: number | undefined): Uint8Array {
  return value === undefined ? new Uint8Array() : integer(value);
}

function numberOf(table: Readonly<Record<number, string>>, name: string): number {
  return Number(Object.keys(table).find((key) => table[Number(key)] === name));
}

function byBytes(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
