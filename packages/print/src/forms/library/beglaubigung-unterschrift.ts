import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { postalAddressRows, postalAddressSchema } from './parts/address.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { birthSchema, nameRow, personSchema } from './parts/person.js';
import { withRules } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, DAY, ERIKA, HEIDESTRASSE } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { clerkSchema, daySchema, placeSchema, text } from './parts/values.js';

const ART = { unterschrift: 'Unterschrift', handzeichen: 'Handzeichen' } as const;
const MADE = { made: 'vollzogen', acknowledged: 'anerkannt' } as const;

const fields = z.strictObject({
  art: z.enum(['unterschrift', 'handzeichen']),
  /** Whose it is, designated exactly (§ 34 (3) no. 2 VwVfG). */
  person: personSchema.extend({ birth: birthSchema }),
  address: postalAddressSchema,
  /** How the official became certain of the person. */
  identifiedBy: text(160),
  /** Before the official, or acknowledged there (§ 34 (2) VwVfG). */
  made: z.enum(['made', 'acknowledged']),
  document: text(300),
  /** Nothing is certified under a paper without a text (§ 34 (1) no. 1 VwVfG). */
  textPresent: z.literal(true),
  /** What needs öffentliche Beglaubigung goes to a notary (§ 34 (1) no. 2 VwVfG, § 129 BGB). */
  publicCertificationNeeded: z.literal(false),
  /** The authority or body that the paper is for (§ 34 (3) no. 3 VwVfG). */
  onlyFor: text(160),
  official: clerkSchema,
  place: placeSchema,
  certifiedOn: daySchema,
});

/** Data of the form `beglaubigung-unterschrift`. */
export type BeglaubigungUnterschrift = z.infer<typeof fields>;

const FILLED: BeglaubigungUnterschrift = {
  art: 'unterschrift',
  person: { ...ERIKA, birth: { date: '1938-08-12', place: 'Berlin' } },
  address: HEIDESTRASSE,
  identifiedBy: 'Personalausweis, Lichtbild verglichen',
  made: 'made',
  document: 'Antrag auf Rückerstattung vom 20. November 2026',
  textPresent: true,
  publicCertificationNeeded: false,
  onlyFor: 'Amt für Ausbildungsförderung Musterstadt',
  official: CLERK,
  place: 'Köln',
  certifiedOn: DAY,
};

/** Note that certifies a signature, to stand beside it (§ 34 (3) VwVfG; towns apply the law of their Land). */
export const beglaubigungUnterschrift: FormDefinition<BeglaubigungUnterschrift> = {
  id: 'beglaubigung-unterschrift',
  title: 'Beglaubigung einer Unterschrift',
  legalBasis: '§ 34 VwVfG oder die gleichlautende Vorschrift des Landes',
  validFrom: '2021-01-01',
  schema: withRules(fields, () => [], [
    {
      path: 'textPresent',
      value: false,
      message: 'a signature without a text is not certified (§ 34 (1) no. 1 VwVfG)',
      remedy:
        'Eine Unterschrift ohne zugehörigen Text darf nicht beglaubigt werden. Bitte ablehnen oder erst den Text einsetzen lassen.',
    },
    {
      path: 'publicCertificationNeeded',
      value: true,
      message: 'what needs öffentliche Beglaubigung is not certified here (§ 34 (1) no. 2 VwVfG, § 129 BGB)',
      remedy:
        'Hier ist eine öffentliche Beglaubigung nötig; dafür ist ein Notariat zuständig. Bitte dorthin verweisen.',
    },
  ]),
  notices: [],
  signatureLines: [
    { id: 'official', label: 'Unterschrift der zuständigen Bediensteten oder des zuständigen Bediensteten' },
    { id: 'seal', label: 'Dienstsiegel', kind: 'seal' },
  ],
  retention: 'Keine: das Schriftstück erhält die antragstellende Person',
  audience: 'third-party',
  blank: false,
  samples: {
    empty: () => FILLED,
    filled: () => ({ ...FILLED, made: 'acknowledged' }),
    longest: () => longestOf(fields, {}),
    latin: () => latinOf(fields, {}),
  },
  layout: layoutBeglaubigungUnterschrift,
};

function layoutBeglaubigungUnterschrift(
  draft: BeglaubigungUnterschrift | Draft<BeglaubigungUnterschrift>,
  { form }: FormFrame<BeglaubigungUnterschrift>,
): Block[] {
  const data = new Fields<BeglaubigungUnterschrift>(draft);
  const person = data.in('person');
  const how = MADE[data.value('made') ?? 'made'];
  const statement =
    data.value('art') === 'handzeichen'
      ? `Das vorstehende Handzeichen ist echt; es wurde von der oben bezeichneten Person in meiner Gegenwart ${how}.`
      : `Die vorstehende Unterschrift ist echt; sie wurde von der oben bezeichneten Person in meiner Gegenwart ${how}.`;
  return numbered([
    [
      'Person und Schriftstück',
      [
        fieldsBlock('Person und Schriftstück', [
          nameRow(person),
          [
            person.partialDate('birth.date', 'Tag der Geburt', 4),
            person.text('birth.place', 'Ort der Geburt', 8),
          ],
          ...postalAddressRows(data.in('address')),
          [data.text('identifiedBy', 'Gewissheit über die Person verschafft durch', 12)],
          [data.text('document', 'Unterzeichnetes Schriftstück', 12, { maxLines: 12 })],
          [data.text('onlyFor', 'Nur zur Vorlage bei', 12)],
          [
            data.choice('art', 'Beglaubigt wird', 6, ART),
            data.choice('made', 'In Gegenwart der oder des Bediensteten', 6, MADE),
          ],
          [
            data.truth('textPresent', 'Zugehöriger Text', 6, { true: 'vorhanden' }),
            data.truth('publicCertificationNeeded', 'Öffentliche Beglaubigung (§ 129 BGB)', 6, {
              false: 'nicht nötig',
            }),
          ],
        ]),
      ],
    ],
    [
      'Vermerk',
      signing(form, {
        statement: `${statement} Über die Person habe ich mir Gewissheit verschafft. Die Beglaubigung ist nur zur Vorlage bei der oben angegebenen Behörde oder Stelle bestimmt.`,
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
