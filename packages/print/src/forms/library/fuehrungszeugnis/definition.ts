import type { FormDefinition } from '../../definition.js';
import { privacyNotice } from '../parts/notices.js';
import { withRules } from '../parts/rules.js';
import { contradictions } from './contradictions.js';
import { layoutFuehrungszeugnis } from './layout.js';
import { fuehrungszeugnisSamples } from './samples.js';
import { fuehrungszeugnisFields, type Fuehrungszeugnis } from './schema.js';

/** Application for a Führungszeugnis of any of the twelve kinds (§§ 30 to 30b BZRG). */
export const fuehrungszeugnis: FormDefinition<Fuehrungszeugnis> = {
  id: 'fuehrungszeugnis',
  title: 'Antrag auf Erteilung eines Führungszeugnisses',
  legalBasis: '§§ 30, 30a, 30b BZRG',
  validFrom: '2022-03-26',
  schema: withRules(fuehrungszeugnisFields, contradictions, [
    {
      path: 'applicant.role',
      value: 'proxy',
      message: 'nobody can be represented by a proxy (§ 30 (2) BZRG)',
      remedy:
        'Ein Führungszeugnis kann nicht durch Bevollmächtigte beantragt werden. Bitte die Person selbst oder ihre gesetzliche Vertretung beantragen lassen.',
    },
  ]),
  notices: [
    {
      id: 'inspection',
      heading: 'Einsicht beim Amtsgericht (§ 30 Abs. 5 BZRG)',
      legalBasis: '§ 30 Abs. 5 BZRG',
      text: [
        'Ein Führungszeugnis zur Vorlage bei einer Behörde wird dieser unmittelbar übersandt; sie gewährt auf Verlangen Einsicht. Sie können verlangen, dass es, wenn es Eintragungen enthält, zuerst an ein von Ihnen benanntes Amtsgericht gesandt wird, damit Sie es dort persönlich einsehen. Danach wird es an die Behörde weitergeleitet oder, wenn Sie widersprechen, vom Amtsgericht vernichtet.',
      ],
    },
    {
      id: 'application',
      heading: 'Antrag und Übersendung (§§ 30, 30a, 30b BZRG)',
      legalBasis: '§§ 30, 30a, 30b BZRG',
      text: [
        [
          'Antragsberechtigt ist jede Person ab 14 Jahren, daneben ihre gesetzliche Vertretung; für Geschäftsunfähige nur diese. Bevollmächtigte können den Antrag nicht stellen.',
          'Ein Führungszeugnis für eigene Zwecke wird nur der antragstellenden Person übersandt.',
          'Ein erweitertes Führungszeugnis setzt die schriftliche Aufforderung der Stelle voraus, die es verlangt und die Voraussetzungen bestätigt.',
          'Bei Staatsangehörigen anderer Staaten werden Eintragungen aus den Strafregistern anderer Mitgliedstaaten der Europäischen Union aufgenommen; das Führungszeugnis soll dann spätestens 20 Werktage nach Übermittlung der Ersuchen erteilt werden.',
        ],
      ],
    },
    privacyNotice({
      purpose: 'Entgegennahme des Antrags und Übermittlung an die Registerbehörde.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e DSGVO mit §§ 30 bis 30b BZRG.',
      receivers: 'Bundesamt für Justiz (Registerbehörde).',
      storage: 'bis zur bestätigten Übermittlung; die Gebühr nach dem Kassenrecht.',
    }),
  ],
  signatureLines: [
    { id: 'applicant', label: 'Unterschrift der antragstellenden Person' },
    { id: 'representative', label: 'Unterschrift der gesetzlichen Vertretung' },
    { id: 'clerk', label: 'Identität geprüft, Antrag entgegengenommen (Sachbearbeitung)' },
  ],
  retention: 'Bis zur bestätigten Übermittlung an die Registerbehörde; ein Zeugnis wird nicht gespeichert',
  audience: 'authority',
  blank: true,
  samples: fuehrungszeugnisSamples,
  layout: layoutFuehrungszeugnis,
};
