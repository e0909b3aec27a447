import { InputError } from '@buergerkoffer/formats';
import { answerFields, numberAt, type AnswerField } from './answer-fields.js';

/** Answer of `AT+CSQ`. */
export interface CsqReading {
  /** -113 (or less) to -51 (or more) dBm. */
  readonly rssiDbm: number | 'unknown';
  /** Class of the bit error rate, 0 (best) to 7. */
  readonly bitErrorClass: number | 'unknown';
}

/** Answer of `AT+CESQ`; under LTE only the last two are known. */
export interface CesqReading {
  /** GSM: received level, -111 (below -110) to -48 dBm. */
  readonly rxlevDbm: number | 'unknown';
  readonly bitErrorClass: number | 'unknown';
  /** UMTS: received signal code power, -121 (below -120) to -25 dBm. */
  readonly rscpDbm: number | 'unknown';
  /** UMTS: energy per chip over noise, -24.5 (below -24) to 0 dB. */
  readonly ecnoDb: number | 'unknown';
  /** LTE: reference signal received quality, -20 (below -19.5) to -3 dB. */
  readonly rsrqDb: number | 'unknown';
  /** LTE: reference signal received power, -141 (below -140) to -44 dBm. */
  readonly rsrpDbm: number | 'unknown';
}

/** One index of an answer: its highest value, the dB of index 0, dB per step, and the index for "not known". */
interface Scale {
  readonly last: number;
  readonly base: number;
  readonly step: number;
  readonly unknown: number;
}

/** The indices of +CESQ in their order; a value is the lower bound of its interval (3GPP TS 27.007, 8.69). */
const CESQ_SCALES = {
  rxlev: { last: 63, base: -111, step: 1, unknown: 99 },
  ber: { last: 7, base: 0, step: 1, unknown: 99 },
  rscp: { last: 96, base: -121, step: 1, unknown: 255 },
  ecno: { last: 49, base: -24.5, step: 0.5, unknown: 255 },
  rsrq: { last: 34, base: -20, step: 0.5, unknown: 255 },
  rsrp: { last: 97, base: -141, step: 1, unknown: 255 },
} as const satisfies Readonly<Record<string, Scale>>;

/** Reads `+CSQ: <rssi>,<ber>` (3GPP TS 27.007, 8.5); 100 to 199 is the second scale of some TD-SCDMA modems. */
export function parseCsq(line: string): CsqReading {
  const fields = answerFields(line, '+CSQ');
  const rssi = numberAt(fields, 0, 'rssi', 0, 199);
  return {
    rssiDbm: rssiDbm(rssi, fields[0]),
    bitErrorClass: onScale(fields, 1, 'ber', CESQ_SCALES.ber),
  };
}

/** Reads `+CESQ: <rxlev>,<ber>,<rscp>,<ecno>,<rsrq>,<rsrp>` (3GPP TS 27.007, 8.69). */
export function parseCesq(line: string): CesqReading {
  const fields = answerFields(line, '+CESQ');
  return {
    rxlevDbm: onScale(fields, 0, 'rxlev', CESQ_SCALES.rxlev),
    bitErrorClass: onScale(fields, 1, 'ber', CESQ_SCALES.ber),
    rscpDbm: onScale(fields, 2, 'rscp', CESQ_SCALES.rscp),
    ecnoDb: onScale(fields, 3, 'ecno', CESQ_SCALES.ecno),
    rsrqDb: onScale(fields, 4, 'rsrq', CESQ_SCALES.rsrq),
    rsrpDbm: onScale(fields, 5, 'rsrp', CESQ_SCALES.rsrp),
  };
}

function rssiDbm(index: number, field: AnswerField | undefined): number | 'unknown' {
  if (index === 99 || index === 199) return 'unknown';
  if (index <= 31) return -113 + 2 * index;
  if (index >= 100 && index <= 191) return -116 + (index - 100);
  throw new InputError('out-of-range', 'rssi is outside 0 to 31, 99, 100 to 191 and 199', {
    offset: field?.offset,
    path: 'rssi',
  });
}

function onScale(
  fields: readonly AnswerField[],
  index: number,
  name: string,
  scale: Scale,
): number | 'unknown' {
  const value = numberAt(fields, index, name, 0, 255);
  if (value === scale.unknown) return 'unknown';
  if (value <= scale.last) return scale.base + scale.step * value;
  throw new InputError('out-of-range', `${name} is outside 0 to ${scale.last} and ${scale.unknown}`, {
    offset: fields[index]?.offset,
    path: name,
  });
}
