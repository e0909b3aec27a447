import type { AttributeSet } from '../ipp/index.js';
import type { Supply } from '../printer.js';

const LATIN1 = new TextDecoder('latin1');
/** The most supplies that are told; a colour printer has eight. */
const MOST = 32;

/** What the printer uses up: `printer-supply` (PWG 5100.13, 5.5.22), else `marker-…` (CUPS, PWG 5100.9). */
export function suppliesOf(printer: AttributeSet): readonly Supply[] {
  const supplies = printer
    .values('printer-supply')
    .flatMap((one) => (one.syntax === 'octetString' ? [supplyOf(fieldsOf(LATIN1.decode(one.value)))] : []));
  return (supplies.length > 0 ? supplies : markersOf(printer)).slice(0, MOST);
}

/** `index=1;class=supplyThatIsConsumed;type=toner;maxcapacity=100;level=75;colorantname=black;` */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(';').flatMap((field) => {
      const at = field.indexOf('=');
      return at < 0 ? [] : [[field.slice(0, at).trim(), field.slice(at + 1).trim()] as const];
    }),
  );
}

function supplyOf(fields: ReadonlyMap<string, string>): Supply {
  const color = fields.get('colorantname');
  const [level, most] = [numberOf(fields.get('level')), numberOf(fields.get('maxcapacity'))];
  const known = level !== undefined && most !== undefined && level >= 0 && most > 0;
  const isFilled = fields.get('class') === 'receptacleThatIsFilled';
  return supply(
    isFilled ? 'waste' : (fields.get('type') ?? ''),
    color,
    known ? (100 * level) / most : undefined,
  );
}

/** `marker-types`, `-colors` and `-levels`, one value each; a level below 0 is not known. */
function markersOf(printer: AttributeSet): readonly Supply[] {
  const colors = printer.texts('marker-colors');
  const levels = printer.numbers('marker-levels');
  return printer.texts('marker-types').map((type, index) => {
    const level = levels[index];
    return supply(type, colors[index], level === undefined || level < 0 ? undefined : level);
  });
}

function supply(type: string, color: string | undefined, levelPercent: number | undefined): Supply {
  return {
    type: kindOf(type),
    ...(color === undefined || /^(none|unknown|)$/i.test(color) ? {} : { color: color.slice(0, 40) }),
    levelPercent: levelPercent === undefined ? 'unknown' : Math.round(Math.min(100, levelPercent)),
  };
}

/** From the types of the Printer MIB (RFC 3805, PrtMarkerSuppliesTypeTC). */
function kindOf(type: string): Supply['type'] {
  if (/waste/i.test(type)) return 'waste';
  if (/toner/i.test(type)) return 'toner';
  if (/ink|ribbon/i.test(type)) return 'ink';
  return /opc|drum/i.test(type) ? 'drum' : 'other';
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}
