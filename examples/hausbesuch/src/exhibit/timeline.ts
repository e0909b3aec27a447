import { STEPS } from '@buergerkoffer/procedures';
import type { CaseEventType } from '@buergerkoffer/procedures/model';
import { z } from 'zod';

/** One moment of the case, as the audit chain tells it: no personal data. */
export interface Moment {
  readonly at: string;
  /** Type of the line, or of the event that it stands for. */
  readonly what: string;
  /** German. */
  readonly title: string;
  /** Law of the step, where it is one. */
  readonly law?: string;
}

const Line = z.looseObject({
  at: z.string(),
  type: z.string(),
  event: z.string().optional(),
  state: z.string().optional(),
  attempt: z.number().optional(),
});

/** What an event of the case means, told afterwards. */
const EVENTS: Readonly<Record<CaseEventType, string>> = {
  requested: 'Besuch angefragt, Fall angelegt',
  'eligibility-decided': 'Berechtigung geprüft',
  scheduled: 'Besuch geplant',
  preloaded: 'Daten für den Besuch geladen',
  'self-tested': 'Koffer geprüft',
  identified: 'Identität festgestellt',
  'identity-doubted': 'Zweifel an der Identität',
  'capacity-assessed': 'Handlungsfähigkeit und Vertretung festgestellt',
  'register-looked-up': 'Melderegister abgefragt',
  'data-recorded': 'Angaben aufgenommen',
  'photo-captured': 'Lichtbild aufgenommen',
  'finger-captured': 'Fingerabdruck aufgenommen',
  'fingers-decided': 'Fingerabdrücke vollständig',
  'signature-captured': 'Unterschrift aufgenommen',
  'signature-omitted': 'Unterschrift entfällt',
  informed: 'Unterrichtet, Merkblatt angeboten',
  'pin-letter-handed-over': 'PIN-Brief übergeben',
  'fee-charged': 'Gebühr erhoben',
  'form-printed': 'Papier gedruckt',
  'fuehrungszeugnis-requested': 'Führungszeugnis beantragt',
  reviewed: 'Gegengeprüft (vier Augen)',
  confirmed: 'Angaben bestätigt',
  sealed: 'Für die Behörde versiegelt',
  'handed-over': 'Vom Fachverfahren beantwortet',
  erased: 'Fall gelöscht',
  cancelled: 'Fall abgebrochen',
};

/** What the vault did. */
const VAULT: Readonly<Record<string, string>> = {
  resumed: 'Nach einer Unterbrechung weitergearbeitet',
  sealed: 'Für die Behörde versiegelt',
  'key-destroyed': 'Schlüssel des Falles im Koffer vernichtet',
  erased: 'Daten des Falles im Koffer gelöscht',
  'body-erased': 'Versiegelte Kopie im Koffer gelöscht',
  closed: 'Protokoll abgeschlossen und unterschrieben',
};

const DELIVERY: Readonly<Record<string, string>> = {
  sending: 'An das Fachverfahren gesendet',
  received: 'Vom Fachverfahren erhalten',
  accepted: 'Vom Fachverfahren angenommen',
  rejected: 'Vom Fachverfahren abgewiesen',
};

/** What happens once for each service or paper: one moment, with how often. */
const COUNTED = new Set(['eligibility-decided', 'fee-charged', 'form-printed']);

/** The moments of a case in the order of its audit chain; checkpoints are left out. */
export function readTimeline(audit: Uint8Array): readonly Moment[] {
  const lines = new TextDecoder()
    .decode(audit)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)));
  const moments = lines
    .filter(({ type }) => type !== 'checkpoint' && type !== 'opened')
    .map((line): Moment => ({ at: line.at, ...meaningOf(line) }));
  // The case says that it was sealed, and so does the vault: one moment.
  return counted(
    moments.filter((moment, index) => !(moment.what === 'sealed' && moments[index - 1]?.what === 'sealed')),
  );
}

function counted(moments: readonly Moment[]): readonly Moment[] {
  const runs: [first: Moment, times: number][] = [];
  for (const moment of moments) {
    const last = runs.at(-1);
    if (last?.[0].what === moment.what && COUNTED.has(moment.what)) last[1] += 1;
    else runs.push([moment, 1]);
  }
  return runs.map(([moment, times]) =>
    times === 1 ? moment : { ...moment, title: `${moment.title} (${times}-mal)` },
  );
}

function meaningOf({ type, event = '', state = '', attempt = 1 }: z.output<typeof Line>): Omit<Moment, 'at'> {
  if (type === 'delivery') {
    const isAskedAgain = state === 'received' && attempt > 1;
    return {
      what: type,
      title: isAskedAgain ? 'Beim Fachverfahren nachgefragt' : (DELIVERY[state] ?? state),
    };
  }
  if (type !== 'event') return { what: type, title: VAULT[type] ?? type };
  const titles: Readonly<Record<string, string>> = EVENTS;
  const law = STEPS.find(({ events }) => events.some((each) => each === event))?.law;
  return { what: event, title: titles[event] ?? event, ...(law === undefined ? {} : { law }) };
}
