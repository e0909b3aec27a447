import type { IppAttribute, IppDateTime, IppValue } from '@buergerkoffer/print/ipp';

/** Names of enum values as CUPS 2.4 prints them, for the attributes that the recordings have. */
const ENUMS: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  finishings: [[3, 'none']],
  'orientation-requested': [
    [3, 'portrait'],
    [4, 'landscape'],
    [5, 'reverse-landscape'],
    [6, 'reverse-portrait'],
    [7, 'none'],
  ],
  'print-quality': [
    [3, 'draft'],
    [4, 'normal'],
    [5, 'high'],
  ],
  'printer-state': [
    [3, 'idle'],
    [4, 'processing'],
    [5, 'stopped'],
  ],
};

/** One attribute as a line of `ipptool -tv`, with `#` for enums that have no name here. */
export function asIpptool({ name, values }: IppAttribute): string {
  const [first] = values;
  if (first === undefined) throw new Error(`${name} has no value`);
  const type = values.length > 1 ? `1setOf ${typeOf(first)}` : typeOf(first);
  return `${name} (${type}) = ${values.map((value) => valueText(name, value)).join(',')}`;
}

function typeOf(value: IppValue): string {
  switch (value.syntax) {
    case 'text':
      return 'textWithoutLanguage';
    case 'name':
      return 'nameWithoutLanguage';
    default:
      return value.syntax;
  }
}

function valueText(name: string, value: IppValue): string {
  switch (value.syntax) {
    case 'integer':
    case 'boolean':
      return String(value.value);
    case 'enum':
      return enumText(name.replace(/-(default|ready|supported)$/, ''), value.value);
    case 'octetString':
      return new TextDecoder('latin1').decode(value.value);
    case 'dateTime':
      return dateText(value.value);
    case 'resolution':
      return value.crossFeed === value.feed
        ? `${value.feed}${value.unit}`
        : `${value.crossFeed}x${value.feed}${value.unit}`;
    case 'rangeOfInteger':
      return `${value.low}-${value.high}`;
    case 'collection':
      return `{${value.members
        .map(
          (member) => `${member.name}=${member.values.map((one) => valueText(member.name, one)).join(',')}`,
        )
        .join(' ')}}`;
    default:
      return 'value' in value ? value.value : value.syntax;
  }
}

function enumText(attribute: string, value: number): string {
  return ENUMS[attribute]?.find(([number]) => number === value)?.[1] ?? '#';
}

function dateText({
  year,
  month,
  day,
  hour,
  minute,
  second,
  utcSign,
  utcHours,
  utcMinutes,
}: IppDateTime): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const zone = utcHours === 0 && utcMinutes === 0 ? 'Z' : `${utcSign}${two(utcHours)}${two(utcMinutes)}`;
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone}`;
}
