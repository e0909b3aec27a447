import type { FormDefinition } from '../../definition.js';
import { contradictions } from './contradictions.js';
import { layoutPaAntrag } from './layout.js';
import { PA_ANTRAG_NOTICES } from './notices.js';
import { PA_ANTRAG_SAMPLES } from './samples.js';
import { paAntragFields, type PaAntrag } from './schema.js';

/** Application for an identity card (§ 9 PAuswG), as since PIN letters are handed over at application. */
export const paAntrag: FormDefinition<PaAntrag> = {
  id: 'pa-antrag',
  title: 'Antrag auf Ausstellung eines Personalausweises',
  legalBasis: '§§ 5, 9, 10, 11, 27 PAuswG, § 17 PAuswV',
  validFrom: '2025-02-17',
  schema: paAntragFields.superRefine((data, context) => {
    for (const { path, message } of contradictions(data))
      context.addIssue({ code: 'custom', path: [...path], message });
  }),
  notices: PA_ANTRAG_NOTICES,
  signatureLines: [
    { id: 'place', label: 'Ort, Datum', kind: 'text' },
    { id: 'applicant', label: 'Unterschrift der antragstellenden Person' },
    { id: 'representative', label: 'Unterschrift der vertretenden Person' },
    { id: 'clerk', label: 'Identität geprüft, Antrag entgegengenommen (Sachbearbeitung)' },
  ],
  retention:
    'Bis zur Ausstellung eines neuen Ausweises, höchstens fünf Jahre nach Ablauf der Gültigkeit (§ 23 Abs. 4 PAuswG); auf dem Gerät bis zur bestätigten Übergabe',
  audience: 'authority',
  blank: true,
  samples: PA_ANTRAG_SAMPLES,
  layout: layoutPaAntrag,
};
