/** What has to happen next, and who does it. */
export type FollowUp =
  /** Nothing: it is done. */
  | 'nothing'
  /** Ask what became of it before anything is sent. */
  | 'look-again'
  /** Send the same bytes again later, under the same identity. */
  | 'send-again'
  /** A clerk corrects the content; the corrected message has a new identity. */
  | 'correct'
  /** The message is built anew in a version that the receiver takes, with a new identity. */
  | 'rebuild'
  /** Set-up, certificates, software: an integrator mends it; the message waits. */
  | 'integrator';

/** What a code of a receiver or a transport means for the message; it holds nothing of the message. */
export interface Outcome {
  readonly severity: 'ok' | 'warning' | 'error';
  readonly followUp: FollowUp;
  readonly code: string;
  /** English, for the integrator. */
  readonly message: string;
  /** German, for the clerk. */
  readonly messageDe: string;
}

/** German for the clerk, by what has to happen. */
const MESSAGES_DE: Readonly<Record<FollowUp, string>> = {
  nothing: 'Es ist nichts zu tun.',
  'look-again': 'Es wird nachgesehen, was aus der Nachricht geworden ist.',
  'send-again': 'Die Nachricht wird später noch einmal gesendet.',
  correct: 'Bitte die Angaben berichtigen und neu senden.',
  rebuild: 'Die Nachricht wird in der geltenden Fassung neu erstellt.',
  integrator: 'Bitte die technische Betreuung verständigen; die Nachricht bleibt gespeichert.',
};

/** A row of a table of codes. */
export interface OutcomeRow {
  readonly severity: Outcome['severity'];
  readonly followUp: FollowUp;
  readonly message: string;
}

/** The outcome of a row. */
export function outcomeOf(code: string, { severity, followUp, message }: OutcomeRow): Outcome {
  return { severity, followUp, code, message, messageDe: MESSAGES_DE[followUp] };
}

/** How much each follow-up outweighs another when several codes are told at once; the heaviest counts. */
const WEIGHT: Readonly<Record<FollowUp, number>> = {
  nothing: 0,
  'send-again': 1,
  'look-again': 2,
  rebuild: 3,
  correct: 4,
  integrator: 5,
};
const SEVERITY: Readonly<Record<Outcome['severity'], number>> = { ok: 0, warning: 1, error: 2 };

/** The worst of several outcomes: by severity, then by what has to happen; `undefined` when there is none. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome | undefined {
  return outcomes.reduce<Outcome | undefined>((worst, outcome) => {
    if (worst === undefined) return outcome;
    const bySeverity = SEVERITY[outcome.severity] - SEVERITY[worst.severity];
    const byFollowUp = WEIGHT[outcome.followUp] - WEIGHT[worst.followUp];
    return (bySeverity === 0 ? byFollowUp : bySeverity) > 0 ? outcome : worst;
  }, undefined);
}
