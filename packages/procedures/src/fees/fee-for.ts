import { InputError } from '@buergerkoffer/formats';
import type { LocalDate } from '@buergerkoffer/formats';
import { readBirthDate } from '../birth-date.js';
import { dayOfLaw } from '../day-of-law.js';
import { hasReached, ServiceId } from '../model/index.js';
import type { FeeLine } from '../model/index.js';
import { authorityShare, type AuthorityShare } from './authority-share.js';
import { circumstancesOf } from './circumstances.js';
import type { FeeQuestion, LocalFee } from './fee-question.js';
import { holdsOn } from './fee-rule.js';
import type { FeeCircumstance, FeeRule } from './fee-rule.js';
import { lineOf, municipalLine, sum, unknownLine, UNKNOWN_TEXT } from './fee-line.js';
import { FEE_RULES, WAIVERS } from './fee-table.js';

/** A fee with the lines of which it is the sum. */
export interface FeeQuote {
  readonly service: ServiceId;
  readonly on: LocalDate;
  readonly lines: readonly FeeLine[];
  /** Sum of the lines, `unknown` as soon as one of them is. */
  readonly totalCents: number | 'unknown';
  /** What of the statutory fee the authority keeps, where the law splits it. */
  readonly authorityKeeps?: AuthorityShare;
}

/**
 * The fee of a service on a day, each line saying how it came about.
 * InputError with `path` for an unknown service, an impossible day, a birth after it, a missing birth date and a
 * circumstance that the service does not know.
 * What the table does not know for that day is a line with the amount `unknown`.
 */
export function feeFor(question: FeeQuestion): FeeQuote {
  const service = readService(question.service);
  const on = dayOfLaw(question.on);
  const born = question.born === undefined ? undefined : readBirthDate(question.born, on);
  const rules = FEE_RULES.filter((rule) => rule.services.includes(service));
  const base = baseLine(service, on, born, rules, question.localFee);
  const lines = surcharges(service, on, rules, base, circumstancesOf(question, service, rules));
  const withWaiver = [...lines, ...waiverLines(service, on, lines, question.waiver)];
  const all = [...withWaiver, ...surchargeLines(service, question.policySurcharge)];
  const authorityKeeps = authorityShare(service, on, sum(withWaiver));
  return {
    service,
    on,
    lines: all,
    totalCents: sum(all),
    ...(authorityKeeps === undefined ? {} : { authorityKeeps }),
  };
}

function readService(service: string): ServiceId {
  const read = ServiceId.safeParse(service);
  if (read.success) return read.data;
  throw new InputError('unsupported', `unknown service; known are ${ServiceId.options.join(', ')}`, {
    path: 'service',
  });
}

function baseLine(
  service: ServiceId,
  on: LocalDate,
  born: string | undefined,
  rules: readonly FeeRule[],
  local: LocalFee | undefined,
): FeeLine {
  const bases = rules.filter((rule) => rule.effect.kind === 'base');
  if (bases.length === 0) return localLine(service, local);
  const byAge = bases.some((rule) => rule.age !== undefined);
  if (byAge && born === undefined) {
    throw new InputError('missing', 'the birth date of the holder, on which this fee depends', {
      path: 'born',
    });
  }
  const from24 = born === undefined ? 'no' : hasReached(born, 24, on);
  const age = from24 === 'yes' ? 'from-24' : 'under-24';
  const rule = bases.find((each) => holdsOn(each, on) && (each.age === undefined || each.age === age));
  if (rule === undefined) return unknownLine(service, 'für diesen Tag ist keine Gebühr hinterlegt');
  if (byAge && from24 === 'unknown') {
    return unknownLine(service, 'das Geburtsdatum lässt offen, ob das 24. Lebensjahr vollendet ist');
  }
  return lineOf(rule, service, rule.effect.kind === 'base' ? rule.effect.amountCents : 'unknown');
}

function surcharges(
  service: ServiceId,
  on: LocalDate,
  rules: readonly FeeRule[],
  base: FeeLine,
  circumstances: readonly FeeCircumstance[],
): readonly FeeLine[] {
  const hit = rules.filter((rule) => rule.when?.some((each) => circumstances.includes(each)) === true);
  const applying = hit.filter((rule) => holdsOn(rule, on));
  const lines = [base];
  let fee = base.amountCents;
  for (const rule of applying) {
    const amount = amountOf(rule, fee);
    if (rule.effect.kind === 'double' && fee !== 'unknown') fee *= 2;
    lines.push(lineOf(rule, service, amount));
  }
  for (const circumstance of circumstances) {
    if (isUnknownOn(circumstance, hit, applying)) {
      lines.push(
        unknownLine(service, `${UNKNOWN_TEXT[circumstance]}: Betrag für diesen Tag nicht hinterlegt`),
      );
    }
  }
  return lines;
}

/** Whether there is a fee for this circumstance that the table does not know on that day; before a row with a known start there is none. */
function isUnknownOn(
  circumstance: FeeCircumstance,
  hit: readonly FeeRule[],
  applying: readonly FeeRule[],
): boolean {
  const covers = (rule: FeeRule) => rule.when?.includes(circumstance) === true;
  if (applying.some(covers)) return false;
  return hit.some((rule) => covers(rule) && rule.validFrom === 'unknown');
}

function amountOf(rule: FeeRule, fee: FeeLine['amountCents']): FeeLine['amountCents'] {
  switch (rule.effect.kind) {
    case 'base':
    case 'add':
      return rule.effect.amountCents;
    case 'double':
      return fee;
    case 'free':
      return fee === 'unknown' ? 'unknown' : 0 - fee;
    default:
      return rule.effect satisfies never;
  }
}

function waiverLines(
  service: ServiceId,
  on: LocalDate,
  lines: readonly FeeLine[],
  waiver: FeeQuestion['waiver'],
): readonly FeeLine[] {
  if (waiver === undefined || waiver === false) return [];
  const rules = WAIVERS.filter((each) => each.services.includes(service));
  if (rules.length === 0) {
    throw new InputError('not-allowed', `no waiver is known for ${service}`, { path: 'waiver' });
  }
  const rule = rules.find((each) => holdsOn(each, on));
  const due = sum(lines);
  const target = waiver === true ? 0 : cents(waiver.reduceToCents, 'waiver.reduceToCents');
  if (due !== 'unknown' && target > due) {
    throw new InputError('out-of-range', 'a reduction above the fee', { path: 'waiver.reduceToCents' });
  }
  if (due === target) return [];
  if (rule === undefined) {
    return [unknownLine(service, 'Ermäßigung oder Befreiung: für diesen Tag nicht hinterlegt')];
  }
  return [lineOf(rule, service, due === 'unknown' ? 'unknown' : target - due)];
}

function surchargeLines(service: ServiceId, surcharge: LocalFee | undefined): readonly FeeLine[] {
  if (surcharge === undefined) return [];
  const amountCents = cents(surcharge.amountCents, 'policySurcharge.amountCents');
  if (amountCents === 0) return [];
  return [
    municipalLine(
      'visit-surcharge',
      service,
      'Zuschlag für den Hausbesuch',
      amountCents,
      surcharge.legalBasis,
    ),
  ];
}

function localLine(service: ServiceId, local: LocalFee | undefined): FeeLine {
  if (local === undefined) return unknownLine(service, 'legen Land oder Gemeinde fest; nicht hinterlegt');
  const amountCents = cents(local.amountCents, 'localFee.amountCents');
  return municipalLine(service, service, 'Gebühr nach Landes- oder Ortsrecht', amountCents, local.legalBasis);
}

function cents(amount: number, path: string): number {
  if (Number.isSafeInteger(amount) && amount >= 0 && amount <= 1_000_000) return amount;
  throw new InputError('out-of-range', 'not a whole number of cents from 0 to 1,000,000', { path });
}
