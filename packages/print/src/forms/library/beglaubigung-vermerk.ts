import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, DAY } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { clerkSchema, daySchema, instantSchema, placeSchema, text } from './parts/values.js';

const ART = {
  abschrift: 'Abschrift',
  ablichtung: 'Ablichtung',
  ausdruck: 'Ausdruck eines elektronischen Dokuments',
} as const;
const ISSUER = {
  'own-authority': 'diese Behörde',
  'other-authority': 'eine andere Behörde',
  private: 'keine Behörde',
} as const;

const fields = z.strictObject({
  art: z.enum(['abschrift', 'ablichtung', 'ausdruck']),
  /** The exact designation of the document (§ 33 (3) no. 1 VwVfG). */
  document: text(300),
  pages: z.int().min(1).max(500),
  issuedBy: z.enum(['own-authority', 'other-authority', 'private']),
  /** Signs that the original was altered, a broken binding included (§ 33 (2) VwVfG): then nothing is certified. */
  alterationSigns: z.literal(false),
  /** Copies of it are certified by another authority alone, as from registers of civil status (§ 33 (1) VwVfG). */
  reservedForOthers: z.literal(false),
  /** The authority that the copy is for, where no authority issued the original (§ 33 (3) no. 3 VwVfG). */
  onlyFor: text(160).exactOptional(),
  /** What the check of the qualified signature of an electronic document showed (§ 33 (5) no. 1 VwVfG). */
  signatureCheck: z
    .strictObject({ holder: text(160), signedAt: instantSchema, certificates: text(300) })
    .exactOptional(),
  official: clerkSchema,
  place: placeSchema,
  certifiedOn: daySchema,
});

/** Data of the form `beglaubigung-vermerk`. */
export type BeglaubigungVermerk = z.infer<typeof fields>;

const FILLED: BeglaubigungVermerk = {
  art: 'ablichtung',
  document:
    'Zeugnis der Allgemeinen Hochschulreife vom 14. Juni 1997, ausgestellt von der Gesamtschule Musterstadt für Erika Mustermann',
  pages: 2,
  issuedBy: 'other-authority',
  alterationSigns: false,
  reservedForOthers: false,
  official: CLERK,
  place: 'Köln',
  certifiedOn: DAY,
};

const ALTERED =
  'Bei Lücken, Streichungen, Einfügungen, Änderungen, unleserlichen Stellen, Radierungen oder gelöster Bindung darf nicht beglaubigt werden. Bitte die Beglaubigung ablehnen.';
const RESERVED =
  'Von diesem Dokument darf nur die zuständige Stelle beglaubigte Abschriften erteilen (zum Beispiel das Standesamt). Bitte dorthin verweisen.';

/** Note that certifies a copy, to stand under it (§ 33 (3) VwVfG; towns apply the law of their Land). */
export const beglaubigungVermerk: FormDefinition<BeglaubigungVermerk> = {
  id: 'beglaubigung-vermerk',
  title: 'Beglaubigungsvermerk',
  legalBasis: '§ 33 VwVfG oder die gleichlautende Vorschrift des Landes',
  validFrom: '2021-01-01',
  schema: withRules(fields, contradictions, [
    {
      path: 'alterationSigns',
      value: true,
      message: 'the original shows signs of alteration (§ 33 (2) VwVfG)',
      remedy: ALTERED,
    },
    {
      path: 'reservedForOthers',
      value: true,
      message: 'other authorities alone certify copies of it (§ 33 (1) VwVfG)',
      remedy: RESERVED,
    },
  ]),
  notices: [],
  signatureLines: [
    { id: 'official', label: 'Unterschrift der zuständigen Bediensteten oder des zuständigen Bediensteten' },
    { id: 'seal', label: 'Dienstsiegel', kind: 'seal' },
  ],
  retention: 'Keine: die Abschrift erhält die antragstellende Person; Scans werden mit dem Vorgang gelöscht',
  audience: 'third-party',
  blank: false,
  samples: {
    empty: () => FILLED,
    filled: () => ({
      ...FILLED,
      document: 'Arbeitszeugnis der Musterwerke GmbH vom 30. September 2024 für Erika Mustermann',
      issuedBy: 'private',
      onlyFor: 'Bezirksregierung Musterland',
    }),
    longest: () => longestOf(fields, CHOICES),
    latin: () => latinOf(fields, CHOICES),
  },
  layout: layoutBeglaubigungVermerk,
};

const CHOICES = {
  art: 'ausdruck',
  issuedBy: 'private',
  'signatureCheck.signedAt': '2026-08-28T18:48:00+02:00',
  certifiedOn: '2026-12-28',
} as const;

function contradictions({ art, issuedBy, onlyFor, signatureCheck }: BeglaubigungVermerk): Fault[] {
  return [
    ...fault(
      (issuedBy === 'private') !== (onlyFor !== undefined),
      'onlyFor',
      'given exactly where no authority issued the original (§ 33 (3) no. 3 VwVfG)',
      'Die Behörde, der die Abschrift vorgelegt wird, bitte genau dann angeben, wenn das Original nicht von einer Behörde stammt.',
    ),
    ...fault(
      art !== 'ausdruck' && signatureCheck !== undefined,
      'signatureCheck',
      'only of an electronic document',
      'Eine Signaturprüfung gehört nur zum Ausdruck eines elektronischen Dokuments. Bitte die Art prüfen.',
    ),
  ];
}

function layoutBeglaubigungVermerk(
  draft: BeglaubigungVermerk | Draft<BeglaubigungVermerk>,
  { form }: FormFrame<BeglaubigungVermerk>,
): Block[] {
  const data = new Fields<BeglaubigungVermerk>(draft);
  const onlyFor = data.value('onlyFor');
  return numbered([
    [
      'Schriftstück',
      [
        fieldsBlock('Schriftstück', [
          [data.text('document', 'Genaue Bezeichnung des Schriftstücks', 12, { maxLines: 12 })],
          [
            data.choice('art', 'Beglaubigt wird die', 6, ART),
            data.integer('pages', 'Seiten', 2),
            data.choice('issuedBy', 'Aussteller des Originals', 4, ISSUER),
          ],
          data.has('onlyFor') ? [data.text('onlyFor', 'Nur zur Vorlage bei', 12)] : [],
          [
            data.truth('alterationSigns', 'Spuren einer Änderung am Original', 6, {
              false: 'keine festgestellt',
            }),
            data.truth('reservedForOthers', 'Einer anderen Stelle vorbehalten', 6, { false: 'nein' }),
          ],
          data.has('signatureCheck')
            ? [
                data.text('signatureCheck.holder', 'Inhaber der Signatur laut Prüfung', 8),
                data.instant('signatureCheck.signedAt', 'Zeitpunkt der Signatur laut Prüfung', 4),
              ]
            : [],
          data.has('signatureCheck')
            ? [
                data.text('signatureCheck.certificates', 'Zugrunde liegende Zertifikate', 12, {
                  maxLines: 12,
                }),
              ]
            : [],
        ]),
      ],
    ],
    [
      'Vermerk',
      signing(form, {
        statement: `Die vorstehende ${copyOf(data.value('art'))} stimmt mit dem vorgelegten Schriftstück überein.${
          onlyFor === undefined ? '' : ` Sie wird nur zur Vorlage bei ${onlyFor} erteilt.`
        }`,
        row: [
          data.text('place', 'Ort', 5),
          data.day('certifiedOn', 'Tag der Beglaubigung', 3),
          data.text('official', 'Beglaubigt durch', 4),
        ],
        signers: [{ id: 'official' }, { id: 'seal' }],
      }),
    ],
  ]);
}

function copyOf(art: BeglaubigungVermerk['art'] | undefined): string {
  return art === undefined || art === 'ausdruck' ? 'Abschrift (Ausdruck)' : ART[art];
}
