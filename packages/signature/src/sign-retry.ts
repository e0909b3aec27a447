/** Why the person has to write again. */
export type SignRetryReason = 'beyond-the-edge' | 'empty' | 'samples-lost' | 'too-short';

/** German sentences for the screen, by reason. */
export const SIGN_RETRY_TEXT: Readonly<Record<SignRetryReason, string>> = {
  'beyond-the-edge': 'Die Unterschrift reicht über den Rand hinaus. Bitte noch einmal in das Feld schreiben.',
  empty: 'Es wurde noch nichts geschrieben. Bitte unterschreiben und dann bestätigen.',
  'samples-lost': 'Die Unterschrift wurde nicht vollständig übertragen. Bitte noch einmal unterschreiben.',
  'too-short': 'Die Unterschrift ist zu kurz. Bitte noch einmal unterschreiben.',
};
