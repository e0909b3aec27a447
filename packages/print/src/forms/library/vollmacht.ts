import { z } from 'zod';
import type { Block, Cell, Draft, FormDefinition, FormFrame } from '../definition.js';
import { postalAddressRows, postalAddressSchema } from './parts/address.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { documentRow, identityDocumentSchema } from './parts/identity-document.js';
import { noticeBlocks } from './parts/notices.js';
import { bornPersonSchema, bornRow } from './parts/person.js';
import { fault, withRules, type Refusal } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { DAY, ERIKA, HEIDESTRASSE, MAX, RINGSTRASSE } from './parts/sample-persons.js';
import { numbered } from './parts/sections.js';
import { signing } from './parts/signing.js';
import { daySchema, placeSchema, text } from './parts/values.js';

/** What may be given, and how the paper says it. */
const POWER = {
  collectPersonalausweis: 'Abholung des Personalausweises',
  collectReisepass: 'Abholung des Reisepasses',
  collectPaper: 'Abholung von Bescheinigungen und anderen Papieren',
  handInMeldeschein: 'Abgabe des unterschriebenen Meldescheins',
} as const;

const given = z.literal(true).exactOptional();

const fields = z.strictObject({
  principal: bornPersonSchema.extend({ address: postalAddressSchema }),
  proxy: bornPersonSchema.extend({ address: postalAddressSchema }),
  proxyDocument: identityDocumentSchema.exactOptional(),
  powers: z.strictObject({
    collectPersonalausweis: given,
    collectReisepass: given,
    collectPaper: given,
    handInMeldeschein: given,
  }),
  /** What exactly, where the power alone does not say it. */
  matter: text(200).exactOptional(),
  validUntil: daySchema.exactOptional(),
  place: placeSchema,
  signedOn: daySchema,
});

/** Data of the form `vollmacht`. */
export type Vollmacht = z.infer<typeof fields>;

/** What nobody can be empowered to do with this paper. */
const NEVER: readonly Refusal[] = [
  {
    path: 'powers.applyPersonalausweis',
    value: true,
    message: 'no proxy applies for an identity card (§ 9 (1) PAuswG)',
    remedy:
      'Einen Personalausweis beantragt die Person selbst oder ihre gesetzliche Vertretung; eine einfache Vollmacht genügt nicht. Bitte den Punkt entfernen.',
  },
  {
    path: 'powers.applyReisepass',
    value: true,
    message: 'no proxy applies for a passport (§ 6 (1) PassG)',
    remedy:
      'Einen Reisepass beantragt die Person selbst oder ihre gesetzliche Vertretung; eine einfache Vollmacht genügt nicht. Bitte den Punkt entfernen.',
  },
  {
    path: 'powers.applyFuehrungszeugnis',
    value: true,
    message: 'no proxy applies for a Führungszeugnis (§ 30 (2) BZRG)',
    remedy:
      'Ein Führungszeugnis kann nicht durch Bevollmächtigte beantragt werden. Bitte den Punkt entfernen.',
  },
  {
    path: 'powers.changeAddressOnChip',
    value: true,
    message: 'the holder is identified in person before the address on the chip is changed (§ 19 PAuswV)',
    remedy:
      'Die Anschrift im Chip wird nur geändert, wenn die Inhaberin oder der Inhaber persönlich anwesend ist. Bitte den Punkt entfernen.',
  },
  {
    path: 'powers.setPin',
    value: true,
    message: 'only the holder sets the PIN (§ 20 (1) PAuswV)',
    remedy: 'Die PIN setzt nur die Inhaberin oder der Inhaber selbst. Bitte den Punkt entfernen.',
  },
];

/** Power of attorney to collect papers and to hand in a signed Meldeschein; nothing that law reserves to the person. */
export const vollmacht: FormDefinition<Vollmacht> = {
  id: 'vollmacht',
  title: 'Vollmacht',
  legalBasis: '§§ 164 ff. BGB, § 14 VwVfG',
  validFrom: '2021-01-01',
  schema: withRules(
    fields,
    ({ powers, validUntil, signedOn }) => [
      ...fault(
        Object.keys(powers).length === 0,
        'powers',
        'nothing is given',
        'Bitte mindestens eine Befugnis ankreuzen.',
      ),
      ...fault(
        validUntil !== undefined && validUntil < signedOn,
        'validUntil',
        'before the day of the signature',
        'Die Vollmacht wäre schon abgelaufen. Bitte das Datum prüfen.',
      ),
    ],
    NEVER,
  ),
  notices: [
    {
      id: 'limits',
      heading: 'Wofür diese Vollmacht nicht gilt',
      legalBasis: '§ 9 Abs. 1 PAuswG, § 6 Abs. 1 PassG, § 30 Abs. 2 BZRG',
      text: [
        'Personalausweis, Reisepass und Führungszeugnis können nicht durch Bevollmächtigte beantragt werden; für Ausweis und Pass gilt eine Ausnahme nur für handlungs- oder einwilligungsunfähige Personen mit öffentlich beglaubigter oder beurkundeter Vollmacht. Die Anschrift im Chip wird nur in Anwesenheit der Inhaberin oder des Inhabers geändert, die PIN nur durch sie oder ihn selbst gesetzt. Die bevollmächtigte Person weist sich aus und legt diese Vollmacht im Original vor.',
      ],
    },
  ],
  signatureLines: [
    { id: 'principal', label: 'Unterschrift der vollmachtgebenden Person' },
    { id: 'proxy', label: 'Unterschrift der bevollmächtigten Person' },
  ],
  retention: 'Mit dem Vorgang, für den sie vorgelegt wird',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => ({
      principal: { ...ERIKA, birthDate: '1938-08-12', address: HEIDESTRASSE },
      proxy: { ...MAX, birthDate: '1966-02-28', address: RINGSTRASSE },
      proxyDocument: { kind: 'personalausweis', serialNumber: 'L01X00T48', validUntil: '2031-03-31' },
      powers: { collectPersonalausweis: true },
      matter: 'Personalausweis zum Antrag vom 20. November 2026',
      validUntil: '2027-02-28',
      place: 'Köln',
      signedOn: DAY,
    }),
    longest: () => longestOf(fields, CHOICES),
    latin: () => latinOf(fields, CHOICES),
  },
  layout: layoutVollmacht,
};

const CHOICES = { signedOn: '2026-08-28', validUntil: '2026-12-28' } as const;

function layoutVollmacht(draft: Vollmacht | Draft<Vollmacht>, frame: FormFrame<Vollmacht>): Block[] {
  const data = new Fields<Vollmacht>(draft);
  const [principal, proxy, powers] = [data.in('principal'), data.in('proxy'), data.in('powers')];
  const power = (path: keyof typeof POWER): Cell => ({
    ...powers.check(path, POWER[path], 6),
    unchecked: 'absent',
  });
  return numbered([
    [
      'Vollmachtgebende Person',
      [
        fieldsBlock('Vollmachtgebende Person', [
          bornRow(principal),
          ...postalAddressRows(principal.in('address')),
        ]),
      ],
    ],
    [
      'Bevollmächtigte Person',
      [
        fieldsBlock('Bevollmächtigte Person', [
          bornRow(proxy),
          ...postalAddressRows(proxy.in('address')),
          documentRow(data.in('proxyDocument'), 'Weist sich aus durch'),
        ]),
      ],
    ],
    [
      'Umfang',
      [
        fieldsBlock('Umfang der Vollmacht', [
          [power('collectPersonalausweis'), power('collectReisepass')],
          [power('collectPaper'), power('handInMeldeschein')],
          [data.text('matter', 'Genaue Bezeichnung', 9), data.day('validUntil', 'Gilt bis', 3)],
        ]),
      ],
    ],
    [
      'Unterschriften',
      signing(frame.form, {
        statement:
          'Ich bevollmächtige die genannte Person, mich bei den angekreuzten Angelegenheiten zu vertreten.',
        row: [data.text('place', 'Ort', 8), data.day('signedOn', 'Datum', 4)],
        signers: [{ id: 'principal' }, { id: 'proxy' }],
      }),
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
