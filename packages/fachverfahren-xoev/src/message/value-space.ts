/**
 * Values of the primitive types of XML Schema (part 2, 2.4.1) behind their lexical forms, as far as facets need them. Types are
 * named without prefix.
 */

/** Length in the unit of the type: characters, or bytes of binary types; `undefined` for names, which have none. */
export function lengthOf(type: string, text: string): number | undefined {
  if (type === 'QName' || type === 'NOTATION') return undefined;
  if (type === 'hexBinary') return text.length / 2;
  if (type === 'base64Binary') return Math.floor((text.replace(/[^A-Za-z0-9+/]/gu, '').length * 3) / 4);
  return Array.from(text).length;
}

/** True when two texts are the same value. */
export function isSame(type: string, a: string, b: string): boolean {
  if (a === b) return true;
  switch (type) {
    case 'boolean':
      return (a === 'true' || a === '1') === (b === 'true' || b === '1');
    case 'hexBinary':
      return a.toUpperCase() === b.toUpperCase();
    case 'base64Binary':
      return a.replace(/\s/gu, '') === b.replace(/\s/gu, '');
    default:
      return compareValues(type, a, b) === 0;
  }
}

/** Below 0 when `a` is less, 0 when both are the same, above 0 when it is more; `undefined` for what has no order. */
export function compareValues(type: string, a: string, b: string): number | undefined {
  switch (type) {
    case 'decimal':
      return compareDecimals(a, b);
    case 'float':
    case 'double':
      return order(numberOf(a), numberOf(b));
    case 'dateTime':
    case 'date':
    case 'gYear':
    case 'gYearMonth':
      return compareMoments(a, b);
    case 'time':
    case 'gMonth':
    case 'gDay':
    case 'gMonthDay':
      return order(a, b);
    default:
      return undefined;
  }
}

function order<T extends number | bigint | string>(a: T, b: T): number | undefined {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : undefined;
}

function numberOf(text: string): number {
  return Number(text.replace('INF', 'Infinity'));
}

/** Of any number of digits. */
function compareDecimals(a: string, b: string): number | undefined {
  const places = Math.max(...[a, b].map((text) => text.split('.')[1]?.length ?? 0));
  const scaled = (text: string): bigint | undefined => {
    const [, sign = '', whole = '', fraction = ''] = /^([+\-]?)(\d*)\.?(\d*)$/u.exec(text) ?? [];
    if (whole === '' && fraction === '') return undefined;
    const digits = BigInt(whole + fraction.padEnd(places, '0'));
    return sign === '-' ? -digits : digits;
  };
  const [left, right] = [scaled(a), scaled(b)];
  return left === undefined || right === undefined ? undefined : order(left, right);
}

/** By the clock where both have a zone or neither has, which sorts as their texts do. */
function compareMoments(a: string, b: string): number | undefined {
  const zone = /(?:Z|[+\-]\d\d:\d\d)$/u;
  if (a.includes('T') && zone.test(a) && zone.test(b)) {
    const [left, right] = [Date.parse(a), Date.parse(b)];
    if (!Number.isNaN(left) && !Number.isNaN(right)) return order(left, right);
  }
  return a.startsWith('-') || b.startsWith('-') ? undefined : order(a, b);
}
