import { STEPS } from '@buergerkoffer/procedures';
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
});

/** What happened besides the steps of the visit. */
const OTHER: Readonly<Record<string, string>> = {
  requested: 'Besuch angefragt, Fall angelegt',
  'identity-doubted': 'Zweifel an der Identität',
  'data-recorded': 'Angaben aufgenommen',
  'finger-captured': 'Fingerabdruck aufgenommen',
  'fingers-decided': 'Fingerabdrücke vollständig',
  'form-printed': 'Papier gedruckt',
  'fee-charged': 'Gebühr erhoben',
  'photo-captured': 'Lichtbild aufgenommen',
  'signature-captured': 'Unterschrift aufgenommen',
  'register-looked-up': 'Melderegister abgefragt',
  'self-tested': 'Koffer geprüft',
  'eligibility-decided': 'Berechtigung geprüft',
  informed: 'Unterrichtet, Merkblatt angeboten',
  confirmed: 'Angaben bestätigt',
  reviewed: 'Gegengeprüft (vier Augen)',
  sealed: 'Für die Behörde versiegelt',
  resumed: 'Nach einer Unterbrechung weitergearbeitet',
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

/** The moments of a case in the order of its audit chain; checkpoints are left out. */
export function readTimeline(audit: Uint8Array): readonly Moment[] {
  const lines = new TextDecoder()
    .decode(audit)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)));
  const moments = lines
    .filter(({ type }) => type !== 'checkpoint' && type !== 'opened')
    .map((line): Moment => {
      const what = line.event ?? (line.type === 'delivery' ? (line.state ?? line.type) : line.type);
      const step =
        line.type === 'event'
          ? STEPS.find(({ events }) => events.some((event) => event === what))
          : undefined;
      const title = (line.type === 'delivery' ? DELIVERY[what] : OTHER[what]) ?? step?.title ?? what;
      return {
        at: line.at,
        what: line.type === 'event' ? what : line.type,
        title,
        ...(step === undefined ? {} : { law: step.law }),
      };
    });
  // The case says that it was sealed, and so does the vault: one moment.
  return moments.filter(
    (moment, index) => !(moment.what === 'sealed' && moments[index - 1]?.what === 'sealed'),
  );
}
