import type { FormDefinition } from '../../definition.js';
import { proxyRefusals } from '../parts/applicant.js';
import { applicationContradictions } from '../parts/application.js';
import { holderDuties, privacyNotice } from '../parts/notices.js';
import { fault, withRules, type Fault } from '../parts/rules.js';
import { layoutPassAntrag } from './layout.js';
import { passAntragSamples } from './samples.js';
import { passAntragFields, type PassAntrag } from './schema.js';

/** Application for a passport or a provisional passport (§§ 4, 6 PassG), as since the end of the Kinderreisepass. */
export const passAntrag: FormDefinition<PassAntrag> = {
  id: 'pass-antrag',
  title: 'Antrag auf Ausstellung eines Reisepasses',
  legalBasis: '§§ 4, 5, 6, 15 PassG',
  validFrom: '2024-01-01',
  schema: withRules(passAntragFields, contradictions, proxyRefusals('§ 6 (1) PassG')),
  notices: [
    {
      id: 'appearance',
      heading: 'Persönliches Erscheinen (§ 6 Abs. 1 PassG)',
      legalBasis: '§ 6 PassG',
      text: [
        'Die antragstellende Person und wer sie vertritt sollen persönlich erscheinen. Wer daran gehindert ist, kann nur einen vorläufigen Reisepass beantragen; er gilt höchstens ein Jahr und hat keinen Chip. Ein Reisepass gilt zehn Jahre, vor Vollendung des 24. Lebensjahres sechs Jahre; eine Verlängerung gibt es nicht.',
      ],
    },
    {
      id: 'duties',
      heading: 'Pflichten der Passinhaberin oder des Passinhabers (§ 15 PassG)',
      legalBasis: '§ 15 PassG',
      text: ['Gegenüber der Passbehörde ist unverzüglich', holderDuties('Pass')],
    },
    privacyNotice({
      purpose:
        'Ausstellung des Passes und Führung des Passregisters. Ohne die Pflichtangaben kann kein Pass ausgestellt werden; freiwillige Angaben sind gekennzeichnet.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e, Art. 9 Abs. 2 Buchst. g DSGVO mit §§ 4, 6, 21, 22 PassG.',
      receivers: 'Passhersteller; andere öffentliche Stellen nur, soweit ein Gesetz es erlaubt.',
      storage:
        'Fingerabdrücke bei der Behörde spätestens bis nach der Aushändigung des Passes (§ 16 Abs. 2 PassG); Registerdaten bis zur Ausstellung eines neuen Passes, höchstens bis fünf Jahre nach Ablauf der Gültigkeit (§ 21 Abs. 4 PassG). Biometrische Daten werden nicht zentral gespeichert.',
    }),
  ],
  signatureLines: [
    { id: 'applicant', label: 'Unterschrift der antragstellenden Person' },
    { id: 'representative', label: 'Unterschrift der vertretenden Person' },
    { id: 'clerk', label: 'Identität geprüft, Antrag entgegengenommen (Sachbearbeitung)' },
  ],
  retention:
    'Bis zur Ausstellung eines neuen Passes, höchstens fünf Jahre nach Ablauf der Gültigkeit (§ 21 Abs. 4 PassG); auf dem Gerät bis zur bestätigten Übergabe',
  audience: 'authority',
  blank: true,
  samples: passAntragSamples,
  layout: layoutPassAntrag,
};

function contradictions(data: PassAntrag): Fault[] {
  const { document, appearance } = data;
  const fingers = document.kind === 'reisepass' ? document.fingers : undefined;
  return [
    ...applicationContradictions(fingers === undefined ? data : { ...data, fingers }, 18).map(
      (found): Fault =>
        found.path[0] === 'fingers' ? { ...found, path: ['document', ...found.path] } : found,
    ),
    ...fault(
      appearance === 'prevented' && document.kind === 'reisepass',
      'document.kind',
      'who cannot appear in person gets a provisional passport only (§ 6 (1) PassG)',
      'Wer nicht persönlich erscheinen kann, kann nur einen vorläufigen Reisepass beantragen. Bitte die Art des Passes ändern.',
    ),
  ];
}
