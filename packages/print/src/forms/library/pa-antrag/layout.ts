import type { Block, Cell, Draft, FormFrame } from '../../definition.js';
import { applicantBlock } from '../parts/applicant.js';
import {
  applicationSigning,
  dwellingAndDocumentBlock,
  holderBlock,
  identityRow,
} from '../parts/application.js';
import { fingerRows, photoRow, signatureRows } from '../parts/captures.js';
import { feeRows } from '../parts/fees.js';
import { Fields, fieldsBlock } from '../parts/fields.js';
import { noticeBlocks } from '../parts/notices.js';
import { numbered } from '../parts/sections.js';
import type { PaAntrag, PaAntragCommon, PaAntragPosted } from './schema.js';

const LEAFLET = { taken: 'übergeben', declined: 'angeboten, nicht gewünscht' } as const;
const SENT_TO = {
  dwelling: 'an die Wohnung',
  authority: 'an die Personalausweisbehörde',
  nobody: 'kein PIN-Brief (jünger als 15 Jahre und neun Monate)',
} as const;

const STATEMENT =
  'Ich beantrage die Ausstellung eines Personalausweises. Alle Angaben oben habe ich gesehen; sie sind richtig und vollständig.';
const INFORMED =
  'Über den elektronischen Identitätsnachweis, das Vor-Ort-Auslesen und meine Pflichten bin ich unterrichtet worden.';

/** The application as since PIN letters are handed over at application. */
export function layoutPaAntrag(data: PaAntrag | Draft<PaAntrag>, frame: FormFrame<PaAntrag>): Block[] {
  const pinLetter = new Fields<PaAntrag>(data).in('pinLetter');
  return layout(new Fields(data), frame, {
    pinRows: [
      [
        pinLetter.text('receivedBy', 'PIN-Brief verschlossen erhalten hat (§ 17 PAuswV)', 6),
        pinLetter.text('envelopeNumber', 'Umschlagnummer', 3),
        pinLetter.instant('receivedAt', 'Erhalten am', 3),
      ],
    ],
    statement: `${STATEMENT} Den PIN-Brief habe ich verschlossen erhalten. ${INFORMED}`,
  });
}

/** The application as long as the producer posted the PIN letter. */
export function layoutPaAntragPosted(
  data: PaAntragPosted | Draft<PaAntragPosted>,
  frame: FormFrame<PaAntragPosted>,
): Block[] {
  const pinLetter = new Fields<PaAntragPosted>(data).in('pinLetter');
  const toAuthority = pinLetter.blank || pinLetter.value('sentTo') === 'authority';
  return layout(new Fields(data), frame, {
    pinRows: [
      [pinLetter.boxes('sentTo', 'Der Ausweishersteller sendet den PIN-Brief (§ 13 PAuswG)', 12, SENT_TO)],
      toAuthority ? [pinLetter.text('reasons', 'Gründe für den Versand an die Behörde', 12)] : [],
      toAuthority
        ? [
            pinLetter.check(
              'riskExplained',
              'Auf die Risiken dieses Verfahrens ist hingewiesen worden (§ 13 Satz 5 PAuswG)',
              12,
            ),
          ]
        : [],
    ],
    statement: `${STATEMENT} ${INFORMED}`,
  });
}

interface PinLetterPart {
  readonly pinRows: readonly Cell[][];
  readonly statement: string;
}

/** The person, who applies, capture, identity and PIN letter, fee, declaration, notices. */
function layout(
  data: Fields<PaAntragCommon>,
  frame: FormFrame<unknown>,
  { pinRows, statement }: PinLetterPart,
): Block[] {
  return numbered([
    ['Antragstellende Person', [holderBlock(data.in('holder'))]],
    [
      'Wohnung und bisheriges Dokument',
      [dwellingAndDocumentBlock(data.in('holder.address'), data.in('oldDocument'))],
    ],
    ['Antragstellung', [applicantBlock(data.in('applicant'))]],
    [
      'Lichtbild, Fingerabdrücke, Unterschrift',
      [
        fieldsBlock('Erfassung', [
          photoRow(data.in('photo')),
          ...fingerRows(data.in('fingers')),
          ...signatureRows(data.in('signature')),
        ]),
      ],
    ],
    [
      'Identitätsprüfung und PIN-Brief',
      [
        fieldsBlock('Prüfungen und Übergaben', [
          identityRow(data),
          ...pinRows,
          [
            data.check('information.explained', 'Nach § 11 Abs. 3 PAuswG unterrichtet', 4),
            data.choice('information.leaflet', 'Informationsmaterial', 4, LEAFLET),
            data.list('clerks', 'Sachbearbeitung', 4),
          ],
        ]),
      ],
    ],
    ['Gebühren', [feeRows(data.each('fees', 2))]],
    ['Erklärung und Unterschriften', applicationSigning(data, frame.form, statement)],
    ['Hinweise', noticeBlocks(frame)],
  ]);
}
