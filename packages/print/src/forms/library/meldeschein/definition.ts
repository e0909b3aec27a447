import type { FormDefinition } from '../../definition.js';
import { daysAfter } from '../parts/age.js';
import { privacyNotice } from '../parts/notices.js';
import { hasUsualGivenName } from '../parts/resident.js';
import { fault, withRules, type Fault } from '../parts/rules.js';
import { layoutMeldeschein } from './layout.js';
import { meldescheinSamples } from './samples.js';
import { meldescheinFields, type Meldeschein } from './schema.js';

/** Meldeschein for moving in, within the municipality and out (§§ 17, 23, 24 (1) BMG). */
export const meldeschein: FormDefinition<Meldeschein> = {
  id: 'meldeschein',
  title: 'Meldeschein: Anmeldung, Ummeldung, Abmeldung',
  legalBasis: '§§ 17, 19, 23, 24 Abs. 1 BMG',
  validFrom: '2022-05-01',
  schema: withRules(meldescheinFields, contradictions),
  notices: [
    {
      id: 'duty',
      heading: 'Meldepflicht (§§ 17, 23, 54 BMG)',
      legalBasis: '§§ 17, 23, 54 BMG',
      text: [
        [
          'Wer eine Wohnung bezieht, meldet sich innerhalb von zwei Wochen nach dem Einzug an. Wer auszieht und keine neue Wohnung im Inland bezieht, meldet sich innerhalb von zwei Wochen nach dem Auszug ab, frühestens eine Woche vorher. Ein Versäumnis kann mit Geldbuße bis zu 1 000 Euro geahndet werden.',
          'Vorzulegen sind der Ausweis oder Pass und die Bestätigung des Wohnungsgebers oder das Zuordnungsmerkmal. Verweigert der Wohnungsgeber die Bestätigung oder kommt sie nicht rechtzeitig, ist das der Meldebehörde unverzüglich mitzuteilen; die Anmeldung ist trotzdem möglich.',
          'Wer persönlich erscheint, kann statt des ausgefüllten Meldescheins auf dem Ausdruck der erhobenen Daten deren Richtigkeit und Vollständigkeit durch Unterschrift bestätigen.',
        ],
      ],
    },
    {
      id: 'family',
      heading: 'Gemeinsamer Meldeschein: Belehrung (§ 23 Abs. 5 BMG, § 202a StGB)',
      legalBasis: '§ 23 Abs. 5 BMG, § 202a StGB',
      text: [
        'Ehegatten, Lebenspartner und Familienangehörige mit denselben Zuzugsdaten sollen einen Meldeschein gemeinsam verwenden; es genügt, dass eine Person unterschreibt. Wer die Daten der übrigen Personen entgegennimmt, versichert, dazu berechtigt zu sein. Wer eine Berechtigung vortäuscht und die Daten unberechtigt empfängt, macht sich nach § 202a des Strafgesetzbuchs strafbar.',
      ],
    },
    privacyNotice({
      purpose: 'Führung des Melderegisters und Nachweis von Identität und Wohnungen.',
      legalBases: 'Art. 6 Abs. 1 Buchst. c und e, Art. 9 Abs. 2 Buchst. g DSGVO mit §§ 2, 3, 24 BMG.',
      receivers:
        'bisherige Meldebehörde; andere öffentliche Stellen, Religionsgesellschaften und Dritte nur, soweit das Bundesmeldegesetz es erlaubt.',
      storage:
        'fünf Jahre nach Ablauf des Jahres, in dem die Person weggezogen oder gestorben ist, danach 50 Jahre gesondert (§§ 13, 14 BMG).',
    }),
  ],
  signatureLines: [{ id: 'declarant', label: 'Unterschrift der meldepflichtigen Person' }],
  retention: 'Nach den Fristen des Melderegisters (§§ 13, 14 BMG)',
  audience: 'authority',
  blank: true,
  samples: meldescheinSamples,
  layout: layoutMeldeschein,
};

function contradictions(data: Meldeschein): Fault[] {
  return [...byKind(data), ...byPersons(data)];
}

function byKind({ art, newDwelling, previousDwelling, destinationAbroad, signedOn }: Meldeschein): Fault[] {
  const leaves = art === 'abmeldung';
  const movedOutOn = previousDwelling?.movedOutOn;
  return [
    ...fault(
      !leaves && newDwelling === undefined,
      'newDwelling',
      'moving in names the new dwelling',
      'Bitte die neue Wohnung mit Einzugsdatum und Wohnungsgeber angeben.',
    ),
    ...fault(
      leaves && newDwelling !== undefined,
      'newDwelling',
      'who moves into another dwelling in Germany is registered there, not deregistered (§ 17 (2) BMG)',
      'Wer im Inland eine neue Wohnung bezieht, meldet sich dort an; eine Abmeldung gibt es dann nicht. Bitte die Art ändern.',
    ),
    ...fault(
      leaves && movedOutOn === undefined,
      'previousDwelling.movedOutOn',
      'moving out has its day',
      'Bitte die bisherige Wohnung mit dem Tag des Auszugs angeben.',
    ),
    ...fault(
      !leaves && destinationAbroad !== undefined,
      'destinationAbroad',
      'only of who leaves Germany',
      'Eine Anschrift im Ausland gehört nur zur Abmeldung. Bitte die Art prüfen.',
    ),
    ...fault(
      leaves && movedOutOn !== undefined && signedOn < daysAfter(movedOutOn, -7),
      'signedOn',
      'earlier than a week before moving out (§ 17 (2) BMG)',
      'Eine Abmeldung ist frühestens eine Woche vor dem Auszug möglich. Bitte später abmelden oder das Datum prüfen.',
    ),
    ...fault(
      newDwelling !== undefined && newDwelling.movedInOn > signedOn,
      'newDwelling.movedInOn',
      'nobody registers before moving in (§ 17 (1) BMG)',
      'Die Anmeldung setzt den Einzug voraus. Bitte nach dem Einzug anmelden oder das Datum prüfen.',
    ),
  ];
}

function byPersons({ persons, entitledToFamilyData, signedOn }: Meldeschein): Fault[] {
  return [
    ...fault(
      persons.length > 1 && entitledToFamilyData === undefined,
      'entitledToFamilyData',
      'is to be declared for several persons (§ 23 (5) BMG)',
      'Bei mehreren Personen bitte versichern lassen, dass die anmeldende Person deren Daten entgegennehmen darf, und nach § 202a StGB belehren.',
    ),
    ...persons.flatMap((person, index) => [
      ...fault(
        person.birth.date > signedOn,
        `persons.${index}.birth.date`,
        'the birth lies after the day of the signature',
        'Der Tag der Geburt liegt in der Zukunft. Bitte prüfen.',
      ),
      ...fault(
        !hasUsualGivenName(person),
        `persons.${index}.usualGivenName`,
        'is not among the given names',
        'Der gebräuchliche Vorname muss einer der Vornamen sein.',
      ),
      ...fault(
        person.religion === undefined && person.religionSince !== undefined,
        `persons.${index}.religionSince`,
        'without a religious society',
        'Ein Eintrittsdatum ohne Religionsgesellschaft ergibt keinen Sinn. Bitte ergänzen oder entfernen.',
      ),
    ]),
  ];
}
