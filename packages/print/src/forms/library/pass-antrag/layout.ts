import type { Block, Draft, FormFrame } from '../../definition.js';
import { applicantBlock } from '../parts/applicant.js';
import { applicationSigning, holderBlock, identityRow } from '../parts/application.js';
import { fingerRows, photoRow, signatureRows } from '../parts/captures.js';
import { feeRows } from '../parts/fees.js';
import { Fields, fieldsBlock } from '../parts/fields.js';
import { documentRow } from '../parts/identity-document.js';
import { noticeBlocks } from '../parts/notices.js';
import { numbered } from '../parts/sections.js';
import type { PassAntrag } from './schema.js';

const SEX = { F: 'weiblich (F)', M: 'männlich (M)', X: 'weder weiblich noch männlich (X)' } as const;
const APPEARANCE = { 'in-person': 'persönlich erschienen', prevented: 'am Erscheinen gehindert' } as const;
const KIND = { reisepass: 'Reisepass', 'vorlaeufiger-reisepass': 'vorläufiger Reisepass' } as const;
const PAGES = { 32: '32 Seiten', 48: '48 Seiten' } as const;
const EXPRESS = { true: 'ja', false: 'nein' } as const;

/** The application as blocks: the person, the passport, who applies, capture, identity, fee, declaration, notices. */
export function layoutPassAntrag(
  draft: PassAntrag | Draft<PassAntrag>,
  frame: FormFrame<PassAntrag>,
): Block[] {
  const data = new Fields<PassAntrag>(draft);
  const holder = data.in('holder');
  return numbered([
    [
      'Antragstellende Person',
      [
        holderBlock(holder, [
          [holder.choice('sex', 'Geschlecht', 5, SEX), holder.text('residence', 'Wohnort', 7)],
        ]),
      ],
    ],
    ['Pass', [passBlock(data)]],
    ['Antragstellung', [applicantBlock(data.in('applicant'))]],
    [
      'Lichtbild, Fingerabdrücke, Unterschrift',
      [
        fieldsBlock('Erfassung', [
          photoRow(data.in('photo')),
          ...(data.has('document.fingers') ? fingerRows(data.in('document.fingers')) : []),
          ...signatureRows(data.in('signature')),
        ]),
      ],
    ],
    [
      'Identitätsprüfung',
      [
        fieldsBlock('Identitätsprüfung', [
          identityRow(data),
          [data.choice('appearance', 'Erscheinen', 6, APPEARANCE), data.list('clerks', 'Sachbearbeitung', 6)],
        ]),
      ],
    ],
    ['Gebühren', [feeRows(data.each('fees', 2))]],
    [
      'Erklärung und Unterschriften',
      applicationSigning(
        data,
        frame.form,
        'Ich beantrage die Ausstellung des bezeichneten Passes. Alle Angaben oben habe ich gesehen; sie sind richtig und vollständig. Über meine Pflichten bin ich unterrichtet worden.',
      ),
    ],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}

function passBlock(data: Fields<PassAntrag>): ReturnType<typeof fieldsBlock> {
  const document = data.in('document');
  return fieldsBlock('Pass und bisheriges Dokument', [
    [document.boxes('kind', 'Beantragt wird', 12, KIND)],
    document.has('pages')
      ? [
          { ...document.choice('pages', 'Umfang', 6, PAGES), as: 'integer' },
          document.truth('express', 'Expressverfahren', 6, EXPRESS),
        ]
      : [],
    document.has('reason')
      ? [document.text('reason', 'Grund für den vorläufigen Reisepass', 12, { multiline: true })]
      : [],
    documentRow(data.in('oldDocument'), 'Bisheriges Dokument'),
  ]);
}
