import { isLocalDate } from '@buergerkoffer/formats';

const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const NIL_UUID = /^[0-]*$/;
const INSTANT =
  /^((?:19|2[01])\d{2}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;
const TOKEN = /^\S+$/u;

/** True for the UUID of a message (Basisnachricht G2G 1.1, UUID), the nil UUID excepted. */
export function isMessageUuid(text: string): boolean {
  return UUID.test(text) && !NIL_UUID.test(text);
}

/** True for an existing point in time of the years 1900 to 2199 with milliseconds and zone, e.g. `2026-02-09T10:15:00.000+01:00`. */
export function isMessageInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  return match !== null && isLocalDate(match[1] ?? '');
}

/** True for an Amtlicher Gemeindeschlüssel by form: eight digits that begin with a Land (01 to 16). */
export function isAgs(text: string): boolean {
  return /^(?:0[1-9]|1[0-6])\d{6}$/.test(text);
}

/** True for what a code element may hold: text without white space. */
export function isCode(text: string): boolean {
  return TOKEN.test(text);
}
