import type { PartialDate } from '@buergerkoffer/formats';
import { addYears, earliestDate, InputError, latestDate, parsePartialDate } from '@buergerkoffer/formats';
import type { MessageElement } from '../message/tree.js';
import { childOf } from '../message/tree.js';
import type { ElementRule, MessageContext } from './message-context.js';
import { tokenOf } from './walk.js';

/** Elements that are a day, by local name, beside those whose name says so. */
const DAYS =
  'auszugsdatum austrittsdatum einzugsdatum eintrittsdatum endedatum frist fristende gueltigkeitsdauer jahrMonatTag ' +
  'sterbetag sterbetag.alt tagDerBeendigung tagDerErstmaligenErteilung zuzug.bezirk zuzugBund zuzugGemeinde ' +
  'zuzugKreis zuzugLand ausstellungsdatum wirksamkeitsdatum zustaendigkeitsendedatum geburtsdatum.von geburtsdatum.bis';
const DAY_NAMES = new Set(DAYS.split(' '));

/** Days that have been when the message is made. */
const PAST = new Set([
  'ausstellungsdatum',
  'datumDerAusstellung',
  'datum.antragstellung',
  'sterbetag',
  'sterbetag.alt',
  'geburtsdatum.von',
  'datumAnmeldungBeiAnmeldebehoerde',
  'datumAbmeldungBeiAnmeldebehoerde',
  'tagDerErstmaligenErteilung',
]);

/** Pairs of siblings, the earlier first. */
const ORDER: readonly (readonly [earlier: string, later: string])[] = [
  ['ausstellungsdatum', 'gueltigkeitsdauer'],
  ['datumDerAusstellung', 'datumDerGueltigkeit'],
  ['datumDesBeziehens', 'datumDesAuszugs'],
  ['einzugsdatum', 'auszugsdatum'],
  ['eintrittsdatum', 'austrittsdatum'],
  ['geburtsdatum', 'sterbetag'],
  ['geburt', 'tod'],
  ['geburt', 'sterbetag'],
  ['geburtsangaben', 'sterbetag'],
  ['geburtsdatum.von', 'geburtsdatum.bis'],
];

/** Older than anybody has become. */
const OLDEST_YEARS = 125;

/** Days exist; births and other past days are not in the future; what follows on something is not before it. */
export const checkDates: ElementRule = (context, element, above) => {
  checkExistence(context, element);
  if (PAST.has(element.local)) checkPast(context, element);
  if (element.local === 'geburtsdatum') checkBirth(context, element, above);
  if (element.children.length > 1) checkOrder(context, element);
};

function checkExistence({ findings }: MessageContext, element: MessageElement): void {
  if (element.children.length > 0) return;
  const text = tokenOf(element);
  const isDay = DAY_NAMES.has(element.local) || /^datum/.test(element.local);
  if ((!isDay && !['jahrMonat', 'jahr'].includes(element.local)) || text === '') return;
  const date = dateOf(text);
  const precision = element.local === 'jahr' ? 'year' : element.local === 'jahrMonat' ? 'month' : 'day';
  if (date?.precision === precision) return;
  const shape = { day: 'YYYY-MM-DD', month: 'YYYY-MM', year: 'YYYY' }[precision];
  findings.error(
    'X001',
    element,
    `not a date of the calendar, or not written ${shape}`,
    'Dieses Datum gibt es nicht; bitte berichtigen.',
  );
}

function checkPast({ findings, day }: MessageContext, element: MessageElement): void {
  const date = dateIn(element);
  const earliest = date && earliestDate(date);
  if (earliest === undefined || earliest <= day) return;
  findings.error(
    'S999',
    element,
    'the day lies after the day on which the message was made',
    'Das Datum liegt in der Zukunft; bitte berichtigen.',
  );
}

function checkBirth(
  context: MessageContext,
  element: MessageElement,
  above: readonly MessageElement[],
): void {
  checkPast(context, element);
  const date = dateIn(element);
  const latest = date && latestDate(date);
  const isAlive = !above.some(({ local }) => /^(?:tod|kirche|historisch)/i.test(local));
  if (latest === undefined || !isAlive || latest >= addYears(context.day, -OLDEST_YEARS)) return;
  context.findings.warning(
    'S999',
    element,
    `the person would be over ${OLDEST_YEARS} years old`,
    `Die Person wäre über ${OLDEST_YEARS} Jahre alt; bitte das Geburtsdatum prüfen.`,
  );
}

function checkOrder({ findings }: MessageContext, element: MessageElement): void {
  for (const [earlier, later] of ORDER) {
    const [first, second] = [childOf(element, earlier), childOf(element, later)];
    if (first === undefined || second === undefined) continue;
    const [from, to] = [dateIn(first), dateIn(second)];
    const [earliest, latest] = [from && earliestDate(from), to && latestDate(to)];
    if (earliest === undefined || latest === undefined || earliest <= latest) continue;
    findings.error(
      'S999',
      second,
      `${later} lies before ${earlier}`,
      'Dieses Datum liegt vor dem, auf das es folgen muss; bitte beide prüfen.',
    );
  }
}

/** How deep a date may lie in the element that is named after it. */
const DEEPEST = 4;

/** The only date in an element: itself, or the first whole or partial date below it. */
export function dateIn(element: MessageElement, depth = 0): PartialDate | undefined {
  if (element.children.length === 0) return dateOf(tokenOf(element));
  if (depth === DEEPEST) return undefined;
  const names = [
    'geburtsdatum',
    'sterbetag',
    'teilbekanntesDatum',
    'datum',
    'jahrMonatTag',
    'jahrMonat',
    'jahr',
  ];
  const child = element.children.find(({ local }) => names.includes(local));
  return child && dateIn(child, depth + 1);
}

function dateOf(text: string): PartialDate | undefined {
  if (!/^[0-9]{4}(?:-[0-9]{2}){0,2}$/.test(text)) return undefined;
  try {
    return parsePartialDate(text);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
