import { z } from 'zod';
import type { Block, Draft, FormDefinition, FormFrame } from '../definition.js';
import { holderAddressSchema } from './parts/address.js';
import { monthsAfter, daysAfter } from './parts/age.js';
import { applicantBlock, applicantSchema, proxyRefusals } from './parts/applicant.js';
import {
  applicationContradictions,
  applicationSigning,
  closingShape,
  dwellingAndDocumentBlock,
  holderBlock,
  holderShape,
  identityRow,
} from './parts/application.js';
import { photoRow, photoSchema, signatureRows, signatureSchema } from './parts/captures.js';
import { feeRows } from './parts/fees.js';
import { Fields, fieldsBlock } from './parts/fields.js';
import { holderDuties, noticeBlocks, privacyNotice } from './parts/notices.js';
import { fault, withRules } from './parts/rules.js';
import { latinOf, longestOf } from './parts/sample-data.js';
import { CLERK, DAY, ERIKA, HEIDESTRASSE, MORNING } from './parts/sample-persons.js';
import { samplePictures } from './parts/sample-pictures.js';
import { numbered } from './parts/sections.js';
import { daySchema, text } from './parts/values.js';

/** As for the identity card, without fingers and PIN letter, which a card without a chip does not have (§ 5 (3), (5) PAuswG). */
const fields = z.strictObject({
  holder: z.strictObject({ ...holderShape, address: holderAddressSchema }),
  applicant: applicantSchema,
  /** Why a document is needed at once, made credible (§ 3 (1) PAuswG). */
  urgency: z.strictObject({ reason: text(300), evidence: text(200), neededUntil: daySchema }),
  photo: photoSchema,
  signature: signatureSchema,
  /** The card that the authority prints. */
  document: z.strictObject({ serialNumber: text(20), validUntil: daySchema }),
  ...closingShape,
});

/** Data of the form `vpa-antrag`. */
export type VpaAntrag = z.infer<typeof fields>;

/** Application for a provisional identity card, valid for three months at most (§§ 3, 6 (4) PAuswG). */
export const vpaAntrag: FormDefinition<VpaAntrag> = {
  id: 'vpa-antrag',
  title: 'Antrag auf Ausstellung eines vorläufigen Personalausweises',
  legalBasis: '§§ 3, 5, 6, 9, 27 PAuswG',
  validFrom: '2021-08-02',
  schema: withRules(
    fields,
    (data) => [
      ...applicationContradictions(data, 16),
      ...fault(
        data.document.validUntil > daysAfter(monthsAfter(data.appliedOn, 3), -1),
        'document.validUntil',
        'longer than three months (§ 6 (4) PAuswG)',
        'Ein vorläufiger Personalausweis gilt höchstens drei Monate. Bitte einen früheren Tag eintragen.',
      ),
      ...fault(
        data.document.validUntil < data.appliedOn,
        'document.validUntil',
        'before the day of the application',
        'Der Ausweis wäre schon abgelaufen. Bitte den letzten Tag der Gültigkeit prüfen.',
      ),
    ],
    proxyRefusals('§ 9 (1) PAuswG'),
  ),
  notices: [
    {
      id: 'provisional',
      heading: 'Vorläufiger Personalausweis (§§ 3, 6 PAuswG)',
      legalBasis: '§§ 3, 6 PAuswG',
      text: [
        'Der vorläufige Personalausweis wird ausgestellt, wenn glaubhaft ist, dass sofort ein Ausweis gebraucht wird. Seine Gültigkeit richtet sich nach dem Zweck und beträgt höchstens drei Monate. Er hat keinen Chip und keinen elektronischen Identitätsnachweis; Fingerabdrücke werden nicht genommen. Niemand darf mehr als einen gültigen Ausweis besitzen: Beim Empfang des Personalausweises ist er auf Verlangen abzugeben.',
      ],
    },
    {
      id: 'duties',
      heading: 'Pflichten der Ausweisinhaberin oder des Ausweisinhabers (§ 27 Abs. 1 PAuswG)',
      legalBasis: '§ 27 PAuswG',
      text: ['Gegenüber der Personalausweisbehörde ist unverzüglich', holderDuties('Ausweis')],
    },
    privacyNotice({
      purpose:
        'Ausstellung des vorläufigen Personalausweises und Führung des Personalausweisregisters. Freiwillige Angaben sind gekennzeichnet.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e DSGVO mit §§ 3, 5, 9, 23, 24 PAuswG.',
      receivers: 'andere öffentliche Stellen nur, soweit ein Gesetz es erlaubt.',
      storage:
        'Registerdaten bis zur Ausstellung eines neuen Ausweises, höchstens bis fünf Jahre nach Ablauf der Gültigkeit (§ 23 Abs. 4 PAuswG).',
    }),
  ],
  signatureLines: [
    { id: 'applicant', label: 'Unterschrift der antragstellenden Person' },
    { id: 'representative', label: 'Unterschrift der vertretenden Person' },
    { id: 'clerk', label: 'Identität geprüft, Antrag entgegengenommen (Sachbearbeitung)' },
  ],
  retention:
    'Bis zur Ausstellung eines neuen Ausweises, höchstens fünf Jahre nach Ablauf der Gültigkeit (§ 23 Abs. 4 PAuswG); auf dem Gerät bis zur bestätigten Übergabe',
  audience: 'authority',
  blank: true,
  samples: {
    empty: () => ({}),
    filled: () => ({
      holder: {
        ...ERIKA,
        birthName: 'Beispiel',
        birth: { date: '1938-08-12', place: 'Berlin' },
        heightCm: 160,
        eyeColour: 'grün',
        nationalities: ['deutsch'],
        address: { kind: 'germany', ...HEIDESTRASSE, municipalityKey: '05315000' },
      },
      applicant: { role: 'holder' },
      urgency: {
        reason: 'Kontoeröffnung vor der Aufnahme in eine Rehabilitationsklinik',
        evidence: 'Aufnahmebestätigung der Klinik',
        neededUntil: '2027-01-15',
      },
      oldDocument: { kind: 'personalausweis', serialNumber: 'L01X00T47', validUntil: '2026-10-31' },
      photo: { takenBy: 'authority', check: 'accepted-by-clerk' },
      signature: { outcome: 'given' },
      document: { serialNumber: 'C1234567', validUntil: '2027-01-31' },
      identity: { evidence: 'Personalausweis und Melderegister', checkedBy: CLERK, checkedAt: MORNING },
      fees: [{ service: 'Vorläufiger Personalausweis', legalBasis: '§ 1 Abs. 2 PAuswGebV', cents: 1000 }],
      clerks: [CLERK],
      place: 'Köln',
      appliedOn: DAY,
    }),
    longest: () =>
      longestOf(fields, {
        ...CHOICES,
        applicant: 'proxy',
        signature: 'omitted',
        'signature.reason': 'unable',
      }),
    latin: () => latinOf(fields, { ...CHOICES, applicant: 'guardian', signature: 'given' }),
    assets: samplePictures({ longest: ['photo'] }),
  },
  layout: layoutVpaAntrag,
};

const CHOICES = {
  'holder.birth.date': '1938-12-28',
  'holder.address': 'germany',
  appliedOn: '2026-12-28',
  'document.validUntil': '2027-03-27',
} as const;

function layoutVpaAntrag(draft: VpaAntrag | Draft<VpaAntrag>, frame: FormFrame<VpaAntrag>): Block[] {
  const data = new Fields<VpaAntrag>(draft);
  return numbered([
    ['Antragstellende Person', [holderBlock(data.in('holder'))]],
    [
      'Wohnung und bisheriges Dokument',
      [dwellingAndDocumentBlock(data.in('holder.address'), data.in('oldDocument'))],
    ],
    ['Antragstellung', [applicantBlock(data.in('applicant'))]],
    [
      'Eilbedürftigkeit (§ 3 Abs. 1 PAuswG)',
      [
        fieldsBlock('Eilbedürftigkeit', [
          [
            data.text('urgency.reason', 'Grund, aus dem sofort ein Ausweis gebraucht wird', 12, {
              multiline: true,
            }),
          ],
          [
            data.text('urgency.evidence', 'Glaubhaft gemacht durch', 9),
            data.day('urgency.neededUntil', 'Gebraucht bis', 3),
          ],
        ]),
      ],
    ],
    [
      'Lichtbild und Unterschrift',
      [fieldsBlock('Erfassung', [photoRow(data.in('photo')), ...signatureRows(data.in('signature'))])],
    ],
    [
      'Identitätsprüfung und Ausweis',
      [
        fieldsBlock('Prüfung und Ausweis', [
          identityRow(data),
          [
            data.text('document.serialNumber', 'Seriennummer des vorläufigen Ausweises', 6),
            data.day('document.validUntil', 'Gültig bis', 3),
            data.list('clerks', 'Sachbearbeitung', 3),
          ],
        ]),
      ],
    ],
    ['Gebühren', [feeRows(data.each('fees', 1))]],
    [
      'Erklärung und Unterschriften',
      applicationSigning(
        data,
        frame.form,
        'Ich beantrage die Ausstellung eines vorläufigen Personalausweises. Alle Angaben oben habe ich gesehen; sie sind richtig und vollständig. Über meine Pflichten bin ich unterrichtet worden.',
      ),
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
