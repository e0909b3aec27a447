import type { Notice } from '../../definition.js';
import { holderDuties, privacyNotice } from '../parts/notices.js';

/** What the applicant is told, in our words; the paragraphs say where it stands. */
export const PA_ANTRAG_NOTICES: readonly Notice[] = [
  {
    id: 'duties',
    heading: 'Pflichten der Ausweisinhaberin oder des Ausweisinhabers (§ 27 PAuswG)',
    legalBasis: '§ 27 PAuswG',
    text: [
      'Gegenüber der Personalausweisbehörde ist unverzüglich',
      holderDuties('Ausweis'),
      'Die Geheimnummer (PIN) ist geheim zu halten. Sie darf nicht auf dem Ausweis vermerkt und nicht mit ihm zusammen aufbewahrt werden. Ist sie Dritten bekannt geworden, soll sie unverzüglich geändert oder der elektronische Identitätsnachweis gesperrt werden. Der elektronische Identitätsnachweis darf nur mit Geräten benutzt werden, die nach dem Stand der Technik als sicher gelten.',
    ],
  },
  {
    id: 'eid',
    heading: 'Elektronischer Identitätsnachweis und Vor-Ort-Auslesen (§§ 10, 11, 18, 18a PAuswG)',
    legalBasis: '§§ 10, 11 PAuswG',
    text: [
      'Der Ausweis wird mit eingeschaltetem elektronischem Identitätsnachweis ausgegeben; ist die Inhaberin oder der Inhaber bei Antragstellung noch nicht 16 Jahre alt, wird er ausgeschaltet und kann ab dem 16. Geburtstag auf Antrag eingeschaltet werden. Benutzt wird er mit der sechsstelligen PIN, die mit der PIN aus dem PIN-Brief gesetzt wird. Bei Verlust oder Verdacht auf Missbrauch kann er jederzeit gesperrt werden; das Sperrkennwort steht im Begleitschreiben zum Ausweis. Die gespeicherten Daten können bei der Personalausweisbehörde eingesehen werden. Beim Vor-Ort-Auslesen liest eine berechtigte Stelle nach Lichtbildvergleich und mit Einverständnis die Daten ohne PIN aus.',
    ],
  },
  privacyNotice({
    purpose:
      'Ausstellung des Personalausweises und Führung des Personalausweisregisters. Ohne die Pflichtangaben kann kein Ausweis ausgestellt werden; freiwillige Angaben sind gekennzeichnet.',
    legalBases: 'Art. 6 Abs. 1 Buchst. c und e, Art. 9 Abs. 2 Buchst. g DSGVO mit §§ 5, 9, 23, 24 PAuswG.',
    receivers: 'Ausweishersteller; andere öffentliche Stellen nur, soweit ein Gesetz es erlaubt.',
    storage:
      'Fingerabdrücke bei der Behörde längstens bis zur Aushändigung des Ausweises (§ 26 PAuswG); Registerdaten bis zur Ausstellung eines neuen Ausweises, höchstens bis fünf Jahre nach Ablauf der Gültigkeit (§ 23 Abs. 4 PAuswG). Biometrische Daten werden nicht zentral gespeichert.',
  }),
];

/** What was said as long as the producer posted the PIN letter. */
export const PIN_LETTER_POSTED: Notice = {
  id: 'pin-letter',
  heading: 'PIN-Brief (§ 13 PAuswG, § 17 PAuswV)',
  legalBasis: '§ 13 PAuswG, § 17 PAuswV',
  text: [
    'Der Ausweishersteller sendet PIN, Entsperrnummer (PUK) und Sperrkennwort in einem Brief an die Wohnung; wer bei Antragstellung jünger als 15 Jahre und neun Monate ist, erhält keinen. Bei berechtigten Gründen geht der Brief an die Behörde, die ihn mit dem Ausweis übergibt. Dann liegen Ausweis und Geheimnummer an einem Ort: Wer beides an sich bringt, kann den elektronischen Identitätsnachweis missbrauchen. Vor der Aushändigung des Ausweises ist der Empfang des Briefes schriftlich zu bestätigen; sonst wird vorher eine neue PIN gesetzt.',
  ],
};
