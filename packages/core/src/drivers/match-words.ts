import type { BusKind, PortMatch } from '../port.js';

/** The fields of any bus's match that have words of their own. */
interface KnownFields {
  readonly vendorId?: number;
  readonly productId?: number;
  readonly interfaceClass?: number;
  readonly interfaceSubclass?: number;
  readonly interfaceProtocol?: number;
  readonly usagePage?: number;
  readonly usage?: number;
  readonly bus?: BusKind;
}

/** What `match` asks for, for people: `05ba:000a`, `class 06/01/01`, `usage ff00/0001, maker Acme`, `any pcsc port`. Numbers are hexadecimal. */
export function matchWords<K extends BusKind>(match: PortMatch<K>): string {
  const {
    vendorId,
    productId,
    interfaceClass,
    interfaceSubclass,
    interfaceProtocol,
    usagePage,
    usage,
    bus,
    ...rest
  }: KnownFields & Readonly<Record<string, unknown>> = match;
  const ids = vendorId === undefined && productId === undefined ? [] : [group([vendorId, productId], 4, ':')];
  const classes = [interfaceClass, interfaceSubclass, interfaceProtocol];
  const usages = [usagePage, usage];
  const words = [
    ...ids,
    ...(classes.some((value) => value !== undefined) ? [`class ${group(classes, 2, '/')}`] : []),
    ...(usages.some((value) => value !== undefined) ? [`usage ${group(usages, 4, '/')}`] : []),
    ...Object.entries(rest).map(([field, value]) => `${field} ${String(value)}`),
  ];
  return words.length === 0 && bus !== undefined ? `any ${bus} port` : words.join(', ');
}

/** Hexadecimal numbers of `digits`; a star where anything goes. */
function group(values: readonly (number | undefined)[], digits: number, separator: string): string {
  return values.map((value) => (value === undefined ? '*' : hex(value, digits))).join(separator);
}

/** `value` in lower-case hexadecimal with at least `digits` digits. */
export function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
