import type { FormDefinition } from '../../definition.js';
import { monthsAfter } from '../parts/age.js';
import { proxyRefusals } from '../parts/applicant.js';
import { applicationContradictions } from '../parts/application.js';
import { fault, withRules } from '../parts/rules.js';
import { layoutPaAntrag, layoutPaAntragPosted } from './layout.js';
import { PA_ANTRAG_NOTICES, PIN_LETTER_POSTED } from './notices.js';
import { paAntragPostedSamples, paAntragSamples } from './samples.js';
import { paAntragFields, paAntragPostedFields, type PaAntrag, type PaAntragPosted } from './schema.js';

const COMMON = {
  id: 'pa-antrag',
  title: 'Antrag auf Ausstellung eines Personalausweises',
  signatureLines: [
    { id: 'applicant', label: 'Unterschrift der antragstellenden Person' },
    { id: 'representative', label: 'Unterschrift der vertretenden Person' },
    { id: 'clerk', label: 'Identität geprüft, Antrag entgegengenommen (Sachbearbeitung)' },
  ],
  retention:
    'Bis zur Ausstellung eines neuen Ausweises, höchstens fünf Jahre nach Ablauf der Gültigkeit (§ 23 Abs. 4 PAuswG); auf dem Gerät bis zur bestätigten Übergabe',
  audience: 'authority',
  blank: true,
} as const;

/** Application for an identity card (§ 9 PAuswG), as since PIN letters are handed over at application. */
export const paAntrag: FormDefinition<PaAntrag> = {
  ...COMMON,
  legalBasis: '§§ 5, 9, 10, 11, 27 PAuswG, § 17 PAuswV',
  validFrom: '2025-02-17',
  schema: withRules(
    paAntragFields,
    (data) => applicationContradictions(data, 16),
    proxyRefusals('§ 9 (1) PAuswG'),
  ),
  notices: PA_ANTRAG_NOTICES,
  samples: paAntragSamples,
  layout: layoutPaAntrag,
};

/** The same as long as the producer posted the PIN letter, which began with fingerprints for everybody. */
export const paAntragPosted: FormDefinition<PaAntragPosted> = {
  ...COMMON,
  legalBasis: '§§ 5, 9, 10, 11, 13, 27 PAuswG, § 17 PAuswV',
  validFrom: '2021-08-02',
  validTo: '2025-02-16',
  schema: withRules(
    paAntragPostedFields,
    (data) => [
      ...applicationContradictions(data, 16),
      ...fault(
        data.pinLetter.sentTo === 'nobody' && hadLetter(data),
        'pinLetter.sentTo',
        'from 15 years and 9 months on there is a letter (§ 17 (5) PAuswV)',
        'Ab 15 Jahren und neun Monaten wird ein PIN-Brief versandt. Bitte den Empfänger angeben.',
      ),
    ],
    proxyRefusals('§ 9 (1) PAuswG'),
  ),
  notices: [PIN_LETTER_POSTED, ...PA_ANTRAG_NOTICES],
  samples: paAntragPostedSamples,
  layout: layoutPaAntragPosted,
};

/** Whether the holder was 15 years and 9 months old for certain. */
function hadLetter({ holder, appliedOn }: PaAntragPosted): boolean {
  const latest = `${holder.birth.date}-12-31`.slice(0, 10);
  return holder.birth.date.length !== 7 && monthsAfter(latest, 189) <= appliedOn;
}
