import type { CaseEventType, CaseServiceId, DeviceKindId } from './model/index.js';

/** Steps of a visit in their usual order. */
export type StepId =
  | 'eligibility'
  | 'scheduling'
  | 'preload'
  | 'self-test'
  | 'identification'
  | 'capacity'
  | 'register'
  | 'data'
  | 'photo'
  | 'fingers'
  | 'signature'
  | 'information'
  | 'pin-letter'
  | 'fuehrungszeugnis'
  | 'fee'
  | 'form'
  | 'review'
  | 'confirmation'
  | 'sealing'
  | 'hand-over'
  | 'erasure';

/** Why a step may be left out. */
export interface Skip {
  /** Who decides: the software from the data, the clerk, or the municipality's policy. */
  readonly by: 'rule' | 'clerk' | 'policy';
  /** Plain German. */
  readonly reason: string;
  /** The event that states the omission; absent: the step may be left out without a word. */
  readonly recordedAs?: CaseEventType;
}

/** One step as data: what it needs, its law, who may leave it out, what it can end with, what is kept. */
export interface Step {
  readonly id: StepId;
  /** German, for clerks. */
  readonly title: string;
  /** Absent: the step belongs to the visit, not to one service. */
  readonly service?: CaseServiceId;
  /** Devices that fill the step; without them the clerk cannot do it on site. */
  readonly needs: readonly DeviceKindId[];
  readonly law: string;
  readonly skip: readonly Skip[];
  /** Events with which the step ends or goes on; the last word is that of the fold. */
  readonly events: readonly CaseEventType[];
  /** Steps that come before; the others are in any order. */
  readonly after: readonly StepId[];
  /** Ids of the rules in `RETENTION` for what the step takes. */
  readonly retention: readonly string[];
}

/** The visit for an identity card, a Führungszeugnis riding along. */
export const STEPS: readonly Step[] = [
  {
    id: 'eligibility',
    title: 'Berechtigung prüfen',
    needs: [],
    law: '§§ 1, 8, 9 PAuswG; § 30 BZRG; Regelung der Gemeinde',
    skip: [],
    events: ['eligibility-decided'],
    after: [],
    retention: ['open-case'],
  },
  {
    id: 'scheduling',
    title: 'Besuch planen',
    needs: [],
    law: 'Regelung der Gemeinde',
    skip: [{ by: 'clerk', reason: 'Der Besuch findet ohne Termin statt.' }],
    events: ['scheduled'],
    after: ['eligibility'],
    retention: ['open-case'],
  },
  {
    id: 'preload',
    title: 'Daten für den Besuch laden',
    needs: ['modem'],
    law: 'Art. 5 Abs. 1 Buchst. b, e DSGVO',
    skip: [{ by: 'clerk', reason: 'Vor Ort besteht eine Verbindung.' }],
    events: ['preloaded'],
    after: ['eligibility'],
    retention: ['preloaded'],
  },
  {
    id: 'self-test',
    title: 'Koffer prüfen',
    needs: [],
    law: 'Regelung der Gemeinde',
    skip: [{ by: 'clerk', reason: 'Der Koffer wurde am selben Tag schon geprüft.' }],
    events: ['self-tested'],
    after: [],
    retention: [],
  },
  {
    id: 'identification',
    title: 'Identität feststellen',
    needs: ['card-terminal'],
    law: '§ 9 Abs. 3, 4 PAuswG',
    skip: [],
    events: ['identified', 'identity-doubted'],
    after: ['eligibility'],
    retention: ['identity-check'],
  },
  {
    id: 'capacity',
    title: 'Handlungsfähigkeit und Vertretung feststellen',
    needs: [],
    law: '§ 9 Abs. 1, 2 PAuswG; § 30 Abs. 1, 2 BZRG',
    skip: [],
    events: ['capacity-assessed'],
    after: ['identification'],
    retention: ['open-case'],
  },
  {
    id: 'register',
    title: 'Melderegister abfragen',
    needs: ['modem'],
    law: '§ 9 Abs. 3 PAuswG',
    skip: [{ by: 'clerk', reason: 'Es besteht keine Verbindung; die Daten werden vor Ort aufgenommen.' }],
    events: ['register-looked-up'],
    after: ['identification'],
    retention: ['open-case'],
  },
  {
    id: 'data',
    title: 'Angaben aufnehmen',
    needs: [],
    law: '§ 5 Abs. 2, § 9 Abs. 3 PAuswG; PAuswV § 6',
    skip: [],
    events: ['data-recorded'],
    after: ['capacity'],
    retention: ['sealed-case', 'register'],
  },
  {
    id: 'photo',
    title: 'Lichtbild aufnehmen',
    service: 'personalausweis',
    needs: ['camera'],
    law: 'PAuswV §§ 5a, 6a, 7',
    skip: [],
    events: ['photo-captured'],
    after: ['identification'],
    retention: ['sealed-case', 'register'],
  },
  {
    id: 'fingers',
    title: 'Fingerabdrücke aufnehmen',
    service: 'personalausweis',
    needs: ['fingerprint-scanner'],
    law: '§ 5 Abs. 9, § 9 Abs. 3 PAuswG; Art. 4 Abs. 3 VO (EU) 2019/1157',
    skip: [
      {
        by: 'rule',
        reason: 'Unter 6 Jahren werden keine Fingerabdrücke genommen.',
        recordedAs: 'fingers-decided',
      },
      {
        by: 'clerk',
        reason: 'Ein Finger ist dauerhaft oder vorübergehend nicht möglich; der Grund wird vermerkt.',
        recordedAs: 'fingers-decided',
      },
    ],
    events: ['finger-captured', 'fingers-decided'],
    after: ['identification'],
    retention: ['sealed-case', 'fingerprints'],
  },
  {
    id: 'signature',
    title: 'Unterschrift aufnehmen',
    service: 'personalausweis',
    needs: ['signature-pad'],
    law: '§ 9 Abs. 5 PAuswG',
    skip: [
      {
        by: 'rule',
        reason: 'Unter 10 Jahren ist keine Unterschrift nötig.',
        recordedAs: 'signature-omitted',
      },
      {
        by: 'clerk',
        reason: 'Die Person kann nicht schreiben; der Grund wird vermerkt.',
        recordedAs: 'signature-omitted',
      },
    ],
    events: ['signature-captured', 'signature-omitted'],
    after: ['identification'],
    retention: ['sealed-case', 'register'],
  },
  {
    id: 'information',
    title: 'Unterrichten und Merkblatt anbieten',
    service: 'personalausweis',
    needs: [],
    law: '§ 11 Abs. 3 PAuswG',
    skip: [],
    events: ['informed'],
    after: ['identification'],
    retention: [],
  },
  {
    id: 'pin-letter',
    title: 'PIN-Brief übergeben',
    service: 'personalausweis',
    needs: [],
    law: 'PAuswV § 17',
    skip: [{ by: 'rule', reason: 'Vor dem 17. Februar 2025 kam der PIN-Brief mit der Post.' }],
    events: ['pin-letter-handed-over'],
    after: ['information'],
    retention: ['sealed-case'],
  },
  {
    id: 'fuehrungszeugnis',
    title: 'Führungszeugnis beantragen',
    service: 'fuehrungszeugnis',
    needs: [],
    law: '§§ 30 bis 30b BZRG',
    skip: [],
    events: ['fuehrungszeugnis-requested'],
    after: ['data'],
    retention: ['sealed-case'],
  },
  {
    id: 'fee',
    title: 'Gebühr erheben',
    needs: ['card-terminal', 'printer'],
    law: 'PAuswGebV § 1; Nr. 1130 KV JVKostG',
    skip: [],
    events: ['fee-charged'],
    after: ['data'],
    retention: ['sealed-case'],
  },
  {
    id: 'form',
    title: 'Antrag drucken',
    needs: ['printer'],
    law: '§ 9 Abs. 1 PAuswG',
    skip: [{ by: 'clerk', reason: 'Der Drucker fehlt; die Angaben werden am Bildschirm gezeigt.' }],
    events: ['form-printed'],
    after: ['data'],
    retention: ['sealed-case'],
  },
  {
    id: 'review',
    title: 'Gegenprüfen (vier Augen)',
    needs: [],
    law: 'Regelung der Gemeinde',
    skip: [{ by: 'policy', reason: 'Die Gemeinde verlangt keine zweite Person.' }],
    events: ['reviewed'],
    after: ['data', 'photo', 'fingers', 'signature', 'information', 'pin-letter', 'fuehrungszeugnis', 'fee'],
    retention: [],
  },
  {
    id: 'confirmation',
    title: 'Angaben bestätigen lassen',
    needs: [],
    law: '§ 9 Abs. 1 PAuswG',
    skip: [],
    events: ['confirmed'],
    after: [
      'data',
      'photo',
      'fingers',
      'signature',
      'information',
      'pin-letter',
      'fuehrungszeugnis',
      'fee',
      'review',
    ],
    retention: ['sealed-case'],
  },
  {
    id: 'sealing',
    title: 'Für die Behörde versiegeln',
    needs: [],
    law: 'Art. 32 DSGVO',
    skip: [],
    events: ['sealed'],
    after: ['confirmation'],
    retention: ['scans', 'sealed-case'],
  },
  {
    id: 'hand-over',
    title: 'An das Fachverfahren übergeben',
    needs: ['modem'],
    law: '§ 12 PAuswG; PAuswV § 8',
    skip: [],
    events: ['handed-over'],
    after: ['sealing'],
    retention: ['sealed-case'],
  },
  {
    id: 'erasure',
    title: 'Im Koffer löschen',
    needs: [],
    law: '§ 26 PAuswG; Art. 5 Abs. 1 Buchst. e DSGVO',
    skip: [],
    events: ['erased'],
    after: ['hand-over'],
    retention: [],
  },
];
