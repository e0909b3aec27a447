import { z } from 'zod';
import type { Cell } from '../../definition.js';
import { hasReached } from './age.js';
import { signaturePicture, type Fields } from './fields.js';
import { fault, type Fault } from './rules.js';
import { text } from './values.js';

/** Where the photo comes from and what is known about its fitness, never more than was assessed; the picture is the asset `photo`. */
export const photoSchema = z.strictObject({
  takenBy: z.enum(['authority', 'kiosk', 'photographer']),
  check: z.enum(['passed', 'accepted-by-clerk', 'not-assessed']),
});
/** Where the photo comes from and what is known about it. */
export type Photo = z.infer<typeof photoSchema>;

const fingerSchema = z.enum(['thumb', 'index', 'middle', 'ring']);

/** § 5 (9), § 9 (3) PAuswG, § 4 (4), (4a) PassG: two, one, or none with its reason. */
export const fingersSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('two'), left: fingerSchema, right: fingerSchema }),
  z.strictObject({
    outcome: z.literal('one'),
    hand: z.enum(['left', 'right']),
    finger: fingerSchema,
    /** Why the other hand gives none. */
    otherHand: text(160),
  }),
  z.strictObject({
    outcome: z.literal('none'),
    reason: z.enum(['under-6', 'permanent', 'temporary']),
    detail: text(160).exactOptional(),
  }),
]);
/** What came of the capture of fingers. */
export type Fingers = z.infer<typeof fingersSchema>;

/** The picture is the asset `signature`; a child signs from ten years on (§ 9 (5) PAuswG, § 4 (4a) PassG). */
export const signatureSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('given') }),
  z.strictObject({
    outcome: z.literal('omitted'),
    reason: z.enum(['under-10', 'unable']),
    detail: text(160).exactOptional(),
  }),
]);
/** What came of the capture of the signature. */
export type Signature = z.infer<typeof signatureSchema>;

const TAKEN_BY = {
  authority: 'aufgenommen durch die Behörde',
  kiosk: 'aufgenommen am Selbstbedienungsgerät',
  photographer: 'übermittelt durch Dienstleister',
} as const;

const CHECK = {
  passed: 'Prüfung bestanden',
  'accepted-by-clerk': 'durch Sachbearbeitung angenommen',
  'not-assessed': 'nicht geprüft',
} as const;

const FINGERS = { two: 'zwei Finger', one: 'ein Finger', none: 'keine' } as const;
const FINGER = {
  index: 'Zeigefinger',
  thumb: 'Daumen',
  middle: 'Mittelfinger',
  ring: 'Ringfinger',
} as const;
const HAND = { left: 'linke Hand', right: 'rechte Hand' } as const;
const NO_FINGERS = {
  'under-6': 'Kind unter sechs Jahren',
  permanent: 'aus medizinischen Gründen dauerhaft unmöglich',
  temporary: 'vorübergehend unmöglich; das Dokument gilt höchstens zwölf Monate',
} as const;

const SIGNATURE = { given: 'geleistet', omitted: 'nicht geleistet' } as const;
const NO_SIGNATURE = { 'under-10': 'Kind unter zehn Jahren', unable: 'schreibunfähig' } as const;

/** Source and fitness of the photo in one row. */
export function photoRow(photo: Fields<Photo>): Cell[] {
  return [
    photo.choice('takenBy', 'Herkunft des Lichtbilds', 6, TAKEN_BY),
    photo.choice('check', 'Prüfung des Lichtbilds', 6, CHECK),
  ];
}

/** Rows for the fingers that were captured, or for the reason why none were. */
export function fingerRows(fingers: Fields<Fingers>): Cell[][] {
  const { blank } = fingers;
  const outcome = fingers.value('outcome');
  return [
    [fingers.boxes('outcome', 'Fingerabdrücke', 12, FINGERS)],
    blank || outcome === 'two'
      ? [fingers.choice('left', 'Linke Hand', 6, FINGER), fingers.choice('right', 'Rechte Hand', 6, FINGER)]
      : [],
    blank || outcome === 'one'
      ? [
          fingers.choice('hand', 'Nur eine Hand', 3, HAND),
          fingers.choice('finger', 'Finger', 3, FINGER),
          fingers.text('otherHand', 'Grund bei der anderen Hand', 6),
        ]
      : [],
    blank || outcome === 'none'
      ? [
          fingers.choice('reason', 'Grund, falls keine', 6, NO_FINGERS),
          fingers.text('detail', 'Erläuterung', 6),
        ]
      : [],
  ];
}

/** Rows for the signature that the document will show, or for the reason why there is none. */
export function signatureRows(signature: Fields<Signature>): Cell[][] {
  const given = signature.value('outcome') === 'given';
  const outcome = signature.boxes('outcome', 'Unterschrift für das Dokument', given ? 6 : 12, SIGNATURE);
  const reason = [
    signature.choice('reason', 'Grund, falls nicht geleistet', 6, NO_SIGNATURE),
    signature.text('detail', 'Erläuterung', 6),
  ];
  const picture = signaturePicture(6, 'Unterschrift der antragstellenden Person', 'Unterschrift');
  if (signature.blank) return [[{ ...outcome, columns: 6 }, picture], reason];
  return given ? [[outcome, picture]] : [[outcome], reason];
}

/** Prints and signatures that a child of this age does not give, or whose absence this age does not explain. */
export function captureContradictions(
  { fingers, signature }: { readonly fingers?: Fingers | undefined; readonly signature: Signature },
  birthDate: string,
  on: string,
): Fault[] {
  const is6 = hasReached(birthDate, 6, on);
  const is10 = hasReached(birthDate, 10, on);
  const underSix = fingers?.outcome === 'none' && fingers.reason === 'under-6';
  const underTen = signature.outcome === 'omitted' && signature.reason === 'under-10';
  return [
    ...fault(
      underSix && is6 === 'yes',
      'fingers.reason',
      'the holder is six or older',
      'Ab sechs Jahren werden Fingerabdrücke genommen. Bitte einen anderen Grund angeben oder die Finger erfassen.',
    ),
    ...fault(
      fingers !== undefined && !underSix && is6 === 'no',
      'fingers',
      'no fingerprints are taken under six',
      'Unter sechs Jahren werden keine Fingerabdrücke genommen. Bitte „keine – Kind unter sechs Jahren“ angeben.',
    ),
    ...fault(
      underTen && is10 === 'yes',
      'signature.reason',
      'the holder is ten or older',
      'Ab zehn Jahren ist die Unterschrift zu leisten. Bitte unterschreiben lassen oder „schreibunfähig“ angeben.',
    ),
    ...fault(
      signature.outcome === 'given' && is10 === 'no',
      'signature.outcome',
      'a child signs from ten on',
      'Unter zehn Jahren wird keine Unterschrift geleistet. Bitte „Kind unter zehn Jahren“ angeben.',
    ),
  ];
}
