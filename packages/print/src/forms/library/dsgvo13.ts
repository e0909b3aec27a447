import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { noticeBlocks } from './parts/notices.js';
import { fault, withRules, type Fault } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { numbered } from './parts/sections.js';
import { text } from './parts/values.js';

const DUTY = {
  required: 'gesetzlich vorgeschrieben',
  'needed-for-service': 'für die Leistung erforderlich',
  voluntary: 'freiwillig',
} as const;

const fields = z.strictObject({
  service: text(160),
  controller: z.strictObject({ name: text(160), contact: text(300) }),
  dataProtectionOfficer: text(300),
  purposes: z
    .array(z.strictObject({ purpose: text(300), legalBasis: text(200) }))
    .min(1)
    .max(6),
  /** Art. 6 (1) a or Art. 9 (2) a: consent can be withdrawn. */
  consent: z.boolean(),
  receivers: text(500),
  /** Where data go to a third country: where, and the guarantees (Art. 13 (1) f). */
  thirdCountry: text(300).exactOptional(),
  storage: text(500),
  duty: z.enum(['required', 'needed-for-service', 'voluntary']),
  /** What follows when the data are not given (Art. 13 (2) e). */
  consequence: text(300),
  supervisoryAuthority: text(300),
  /** Logic and effect of automated decisions, where there are any (Art. 13 (2) f). */
  automatedDecisions: text(300).exactOptional(),
});

/** Data of the form `dsgvo13`. */
export type Dsgvo13 = z.infer<typeof fields>;

const FILLED: Dsgvo13 = {
  service: 'Antrag auf einen Personalausweis im mobilen Bürgerservice',
  controller: {
    name: 'Stadt Musterstadt, Bürgeramt',
    contact: 'Rathausplatz 1, 12345 Musterstadt, buergeramt@musterstadt.example',
  },
  dataProtectionOfficer: 'datenschutz@musterstadt.example, Telefon 01234 567-99',
  purposes: [
    {
      purpose: 'Ausstellung des Personalausweises',
      legalBasis: 'Art. 6 Abs. 1 Buchst. c und e DSGVO mit §§ 5, 9 PAuswG',
    },
    {
      purpose: 'Aufnahme von Lichtbild und Fingerabdrücken für den Chip',
      legalBasis: 'Art. 9 Abs. 2 Buchst. g DSGVO mit § 5 Abs. 9 PAuswG',
    },
  ],
  consent: false,
  receivers:
    'Ausweishersteller; Sperrlistenbetreiber bei einer Sperrung; andere öffentliche Stellen nur, soweit ein Gesetz es erlaubt',
  storage:
    'Fingerabdrücke längstens bis zur Aushändigung; Registerdaten höchstens bis fünf Jahre nach Ablauf der Gültigkeit (§§ 23, 26 PAuswG)',
  duty: 'required',
  consequence: 'Ohne die Pflichtangaben kann kein Ausweis ausgestellt werden.',
  supervisoryAuthority: 'Landesbeauftragte für Datenschutz Musterland, Beispielallee 2, 12345 Musterstadt',
};

/** Information about the processing of personal data, given when they are collected (Art. 13 DSGVO). */
export const dsgvo13: FormDefinition<Dsgvo13> = {
  id: 'dsgvo13',
  title: 'Information zur Verarbeitung personenbezogener Daten',
  legalBasis: 'Art. 13 DSGVO',
  validFrom: '2018-05-25',
  schema: withRules(fields, contradictions),
  notices: [
    {
      id: 'rights',
      heading: 'Ihre Rechte (Art. 15 bis 18, 20, 21, 77 DSGVO)',
      legalBasis: 'Art. 13 Abs. 2 Buchst. b bis d DSGVO',
      text: [
        [
          'Auskunft über die Daten, die zu Ihrer Person verarbeitet werden (Art. 15)',
          'Berichtigung unrichtiger Daten (Art. 16)',
          'Löschung, soweit nicht ein Gesetz die Aufbewahrung vorschreibt (Art. 17)',
          'Einschränkung der Verarbeitung (Art. 18)',
          'Übertragbarkeit der Daten, soweit sie auf einer Einwilligung oder einem Vertrag beruhen (Art. 20)',
          'Widerspruch aus Gründen, die sich aus Ihrer besonderen Situation ergeben (Art. 21)',
          'Widerruf einer Einwilligung jederzeit für die Zukunft (Art. 7 Abs. 3)',
          'Beschwerde bei der oben genannten Aufsichtsbehörde (Art. 77)',
        ],
      ],
    },
  ],
  signatureLines: [],
  retention: 'Keine: das Papier erhält die betroffene Person',
  audience: 'applicant',
  blank: false,
  samples: {
    empty: () => ({ ...FILLED, purposes: FILLED.purposes.slice(0, 1) }),
    filled: () => FILLED,
    longest: () => longestOf(fields, CHOICES),
    latin: () => latinOf(fields, CHOICES),
  },
  layout: layoutDsgvo13,
};

const CHOICES = { duty: 'voluntary', consent: true } as const;

function contradictions({ consent, duty }: Dsgvo13): Fault[] {
  return fault(
    consent && duty === 'required',
    'duty',
    'data that law requires are not given by consent',
    'Gesetzlich vorgeschriebene Angaben beruhen nicht auf einer Einwilligung. Bitte eine der beiden Angaben ändern.',
  );
}

function layoutDsgvo13(draft: Dsgvo13 | Draft<Dsgvo13>, frame: FormFrame<Dsgvo13>): Block[] {
  const data = new Fields<Dsgvo13>(draft);
  const long = { maxLines: 12 } as const;
  return numbered([
    [
      'Wofür und durch wen',
      [
        fieldsBlock('Wofür und durch wen', [
          [data.text('service', 'Leistung', 12, { strong: true })],
          [data.text('controller.name', 'Verantwortlich', 12)],
          [data.text('controller.contact', 'Kontakt', 12, long)],
          [data.text('dataProtectionOfficer', 'Datenschutzbeauftragte Stelle', 12, long)],
        ]),
      ],
    ],
    [
      'Zwecke und Rechtsgrundlagen',
      [
        fieldsBlock('Zwecke und Rechtsgrundlagen', [
          ...data
            .each('purposes', 1)
            .map((purpose) => [
              purpose.text('purpose', 'Zweck', 7, { maxLines: 16 }),
              purpose.text('legalBasis', 'Rechtsgrundlage', 5, { maxLines: 16 }),
            ]),
          [data.check('consent', 'Die Verarbeitung beruht (auch) auf Ihrer Einwilligung', 12)],
        ]),
      ],
    ],
    [
      'Empfänger und Speicherdauer',
      [
        fieldsBlock('Empfänger und Speicherdauer', [
          [data.text('receivers', 'Empfänger', 12, { maxLines: 16 })],
          [data.text('thirdCountry', 'Übermittlung in ein Drittland und Garantien', 12, long)],
          [data.text('storage', 'Dauer der Speicherung', 12, { maxLines: 16 })],
        ]),
      ],
    ],
    [
      'Pflicht zur Bereitstellung',
      [
        fieldsBlock('Pflicht zur Bereitstellung', [
          [data.choice('duty', 'Die Angaben sind', 12, DUTY)],
          [data.text('consequence', 'Folge, wenn sie fehlen', 12, long)],
          [data.text('automatedDecisions', 'Automatisierte Entscheidungen', 12, long)],
          [data.text('supervisoryAuthority', 'Aufsichtsbehörde', 12, long)],
        ]),
      ],
    ],
    ['Rechte', noticeBlocks(frame)],
  ]);
}
