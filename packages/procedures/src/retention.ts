import type { CaseState } from './case/case-state.js';

/** What makes data end; a period begins on the day of the event that is named. */
export type RetentionEnd =
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'period'; readonly after: string; readonly years: number }
  | { readonly kind: 'configured'; readonly setting: 'openCaseDays' | 'preloadedHours' };

/** One kind of data: where it lies, when it is erased at the latest, and by which law. */
export interface RetentionRule {
  readonly id: string;
  /** German, for the record of processing (Art. 30 DSGVO). */
  readonly data: string;
  readonly where: 'suitcase' | 'authority' | 'register';
  readonly end: RetentionEnd;
  readonly law: string;
  /** Plain German. */
  readonly text: string;
}

/**
 * When a case that nobody finishes must be erased: so many days after it was asked for, as an instant in UTC; `undefined`
 * before it was asked for, and once it is sealed or has ended. Whoever opens a case looks here first.
 */
export function openCaseEnds(state: CaseState, openCaseDays: number): string | undefined {
  if (state.requestedAt === undefined || (state.phase !== 'open' && state.phase !== 'confirmed'))
    return undefined;
  return new Date(Date.parse(state.requestedAt) + openCaseDays * DAY_MS).toISOString();
}

const DAY_MS = 86_400_000;

/** What is erased when; the suitcase keeps nothing beyond the acknowledgement of the hand-over. */
export const RETENTION: readonly RetentionRule[] = [
  {
    id: 'preloaded',
    data: 'vor dem Besuch geladene Registerdaten',
    where: 'suitcase',
    end: { kind: 'configured', setting: 'preloadedHours' },
    law: 'Art. 5 Abs. 1 Buchst. e DSGVO',
    text: 'Jede geladene Angabe hat Zweck und Ablauf; mit dem Ablauf wird sie gelöscht.',
  },
  {
    id: 'open-case',
    data: 'begonnene Fälle',
    where: 'suitcase',
    end: { kind: 'configured', setting: 'openCaseDays' },
    law: 'Art. 5 Abs. 1 Buchst. e DSGVO',
    text: 'Was niemand zu Ende führt, wird nach der eingestellten Frist gelöscht.',
  },
  {
    id: 'sealed-case',
    data: 'übergebene Fälle mit Lichtbild, Fingerabdrücken, Unterschrift',
    where: 'suitcase',
    end: { kind: 'event', event: 'handed-over' },
    law: '§ 26 PAuswG; Art. 5 Abs. 1 Buchst. e DSGVO',
    text: 'Mit der Annahme durch das Fachverfahren wird der Schlüssel vernichtet, dann werden die Dateien gelöscht.',
  },
  {
    id: 'identity-check',
    data: 'zur Prüfung der Identität erhobene Daten und Unterlagen',
    where: 'authority',
    end: { kind: 'event', event: 'identified' },
    law: '§ 9 Abs. 4, § 17 PAuswG',
    text: 'Nach der Feststellung der Identität werden sie vernichtet; die Vernichtung wird vermerkt.',
  },
  {
    id: 'fingerprints',
    data: 'Fingerabdrücke',
    where: 'authority',
    end: { kind: 'event', event: 'handed-out' },
    law: '§ 26 PAuswG',
    text: 'Spätestens nach der Aushändigung des Ausweises werden sie gelöscht.',
  },
  {
    id: 'scans',
    data: 'Scans von Unterlagen',
    where: 'suitcase',
    end: { kind: 'event', event: 'sealed' },
    law: '§ 20 Abs. 2 PAuswG',
    text: 'Scans sind Arbeitsmittel und enden mit dem Fall.',
  },
  {
    id: 'register',
    data: 'Angaben im Personalausweisregister',
    where: 'register',
    end: { kind: 'period', after: 'expired', years: 5 },
    law: '§ 23 Abs. 4 PAuswG',
    text: 'Bis zur Ausstellung eines neuen Ausweises, höchstens fünf Jahre nach Ablauf.',
  },
];
