import type { Draft } from '../../definition.js';
import type { PaAntrag } from './schema.js';

type Fingers = PaAntrag['fingers'];
type Finger = Extract<Fingers, { outcome: 'one' }>['finger'];
type Representative = Exclude<PaAntrag['applicant']['role'], 'holder'>;

const FINGER: Readonly<Record<Finger, string>> = {
  thumb: 'Daumen',
  index: 'Zeigefinger',
  middle: 'Mittelfinger',
  ring: 'Ringfinger',
};

const NO_FINGERS: Readonly<Record<Extract<Fingers, { outcome: 'none' }>['reason'], string>> = {
  'under-6': 'Keine Fingerabdrücke: Kind unter sechs Jahren (§ 9 Abs. 3 PAuswG)',
  permanent:
    'Keine Fingerabdrücke: Abnahme aus medizinischen Gründen dauerhaft unmöglich (§ 5 Abs. 9 PAuswG)',
  temporary:
    'Keine Fingerabdrücke: Abnahme vorübergehend unmöglich; der Ausweis gilt höchstens zwölf Monate (VO (EU) 2019/1157, Art. 4 Abs. 3)',
};

/** The outcome of the finger capture in one German sentence. */
export function fingersInWords(fingers: Draft<Fingers> | undefined): string | undefined {
  if (fingers === undefined) return undefined;
  switch (fingers.outcome) {
    case 'two':
      return `Zwei Fingerabdrücke: ${named('left', fingers.left)} und ${named('right', fingers.right)}`;
    case 'one':
      return `Ein Fingerabdruck: ${named(fingers.hand, fingers.finger)}; andere Hand: ${fingers.otherHand ?? ''}`;
    case 'none': {
      const sentence = NO_FINGERS[fingers.reason];
      return fingers.detail === undefined ? sentence : `${sentence}. ${fingers.detail}`;
    }
    default:
      return fingers satisfies never;
  }
}

function named(hand: 'left' | 'right', finger: Finger): string {
  return `${{ left: 'linker', right: 'rechter' }[hand]} ${FINGER[finger]}`;
}

/** Why there is no signature, in German. */
export function missingSignatureInWords(
  signature: Draft<PaAntrag['signature']> | undefined,
): string | undefined {
  if (signature?.outcome !== 'omitted') return undefined;
  const reason =
    signature.reason === 'under-10'
      ? 'Keine Unterschrift: Kind unter zehn Jahren (§ 9 Abs. 5 PAuswG)'
      : 'Keine Unterschrift: antragstellende Person ist schreibunfähig';
  return signature.detail === undefined ? reason : `${reason}. ${signature.detail}`;
}

/** In which capacity somebody applies for the holder. */
export const CAPACITY: Readonly<Record<Representative, string>> = {
  custodian: 'Sorgeberechtigte Person (§ 9 Abs. 2 PAuswG)',
  guardian: 'Betreuungsperson mit Aufenthaltsbestimmung (§ 9 Abs. 2 PAuswG)',
  proxy: 'Bevollmächtigte Person, Vollmacht öffentlich beglaubigt oder beurkundet (§ 9 Abs. 1 PAuswG)',
};

/** The documents that the holder can give back or show. */
export const OLD_DOCUMENT: Readonly<Record<NonNullable<PaAntrag['oldDocument']>['kind'], string>> = {
  personalausweis: 'Personalausweis',
  'vorlaeufiger-personalausweis': 'Vorläufiger Personalausweis',
  reisepass: 'Reisepass',
  kinderreisepass: 'Kinderreisepass',
  other: 'Anderes Dokument',
};

/** Where the photo comes from. */
export const PHOTO_SOURCE: Readonly<Record<PaAntrag['photo']['takenBy'], string>> = {
  authority: 'aufgenommen durch die Behörde',
  kiosk: 'aufgenommen am Selbstbedienungsgerät',
  photographer: 'übermittelt durch Dienstleister',
};

/** What is known about the photo's fitness; never more than was assessed. */
export const PHOTO_CHECK: Readonly<Record<PaAntrag['photo']['check'], string>> = {
  passed: 'Prüfung bestanden',
  'accepted-by-clerk': 'durch Sachbearbeitung angenommen',
  'not-assessed': 'nicht geprüft',
};
