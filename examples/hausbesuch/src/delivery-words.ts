import type { SubmissionState } from '@buergerkoffer/fachverfahren-xoev';
import { readRueckweisung } from '@buergerkoffer/fachverfahren-xoev/xmeld';
import { decodeBase64, germanText, InputError } from '@buergerkoffer/formats';
import type { DeliveryProgress } from '@buergerkoffer/vault';
import type { Tell } from './progress.js';

/** What the clerk reads of a step of the delivery. */
export function tellDelivery(tell: Tell, step: DeliveryProgress): void {
  switch (step.type) {
    case 'sending':
      tell({
        type: 'note',
        text: step.entry.attempts > 1 ? 'Nachfrage beim Fachverfahren' : 'Übergabe an das Fachverfahren',
      });
      return;
    case 'received':
      tell({ type: 'note', text: 'Das Fachverfahren hat den Fall erhalten' });
      return;
    case 'accepted':
      tell({ type: 'done', text: 'Das Fachverfahren hat den Fall angenommen' });
      return;
    case 'rejected':
      tell({
        type: 'attention',
        text: `Das Fachverfahren hat den Fall abgewiesen (${step.reason ?? 'ohne Grund'})`,
      });
      return;
    case 'waiting':
      if (step.cause === 'received') {
        tell({ type: 'note', text: 'Die Entscheidung steht noch aus' });
        return;
      }
      tell({
        type: 'attention',
        text: `${wordsFor(step.cause)} Neuer Versuch in ${seconds(step.waitMs)} s.`,
      });
      return;
    case 'outdated':
      tell({
        type: 'attention',
        text: 'Nicht übergeben: Der Empfänger nimmt diese Fassung nicht mehr an; der Fall bleibt versiegelt im Ausgang.',
      });
      return;
    case 'rebuilt':
      tell({ type: 'note', text: 'Der Fall wurde in der geltenden Fassung neu erstellt' });
      return;
    case 'held':
      tell({ type: 'note', text: 'Eine frühere Übergabe zu diesem Fall geht vor' });
      return;
    case 'postponed':
    case 'failed':
      tell({
        type: 'attention',
        text: 'Nicht übergeben: Der Fall bleibt versiegelt im Ausgang und wird später gesendet.',
      });
      return;
    default:
      step satisfies never;
  }
}

/** Tells what came back: acknowledgements, and each Rückweisung 0010 with its reasons. */
export function tellAnswers(state: SubmissionState, tell: Tell): void {
  if (state.state === 'received') return;
  for (const answer of state.answers) {
    if (answer.kind === 'acknowledgement') {
      const what = answer.messageUuid === undefined ? 'Antrag' : 'Nachricht 0430';
      tell({ type: 'done', text: `Empfangsbestätigung für ${what}` });
      continue;
    }
    tell({ type: 'attention', text: `Rückweisung 0010: ${reasonsOf(decodeBase64(answer.xml))}` });
  }
}

/** What the clerk reads while an answer is long in coming. */
export function tellSlow(tell: Tell): void {
  tell({
    type: 'attention',
    text: 'Das Fachverfahren lässt sich Zeit; der Fall liegt sicher versiegelt im Koffer.',
  });
}

/** The cause of a pause, in the catalogue's words where it is one of its codes. */
function wordsFor(cause: string): string {
  const code = SERVICE_CODES.find((known) => known === cause);
  return code === undefined ? 'Der Fall ist noch nicht übergeben.' : germanText('service', code).message;
}

const SERVICE_CODES = ['unreachable', 'timeout', 'refused', 'protocol', 'unauthorized'] as const;

function seconds(ms: number): string {
  return new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 }).format(Math.ceil(ms / 100) / 10);
}

function reasonsOf(xml: Uint8Array): string {
  try {
    return readRueckweisung(xml)
      .reasons.map(({ code, meaningDe }) => `${code} ${meaningDe}`)
      .join('; ');
  } catch (error) {
    if (error instanceof InputError) return `nicht lesbar (${error.code})`;
    throw error;
  }
}
