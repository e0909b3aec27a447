import type { LiveStatus } from '../camera.js';

/** German sentences for the screen, by status; left and right are the person's own. */
export const LIVE_STATUS_TEXT: Readonly<Record<LiveStatus, string>> = {
  Initializing: 'Die Kamera wird vorbereitet.',
  SearchingFace: 'Bitte in die Kamera schauen.',
  FaceRecognized: 'Gut so. Bitte so bleiben.',
  Capturing: 'Das Foto wird aufgenommen.',
  StepBack: 'Bitte etwas weiter von der Kamera weg.',
  StepForward: 'Bitte etwas näher an die Kamera heran.',
  StepLeft: 'Bitte etwas nach links rücken.',
  StepRight: 'Bitte etwas nach rechts rücken.',
  MoveUp: 'Bitte etwas höher.',
  MoveDown: 'Bitte etwas tiefer.',
  StandStill: 'Bitte kurz stillhalten.',
  LookStraight: 'Bitte den Kopf gerade halten und in die Kamera schauen.',
  OpenEyes: 'Bitte die Augen öffnen.',
  CloseMouth: 'Bitte den Mund schließen.',
  MultipleFaces: 'Es sind mehrere Gesichter im Bild. Es darf nur eine Person zu sehen sein.',
  PerformingQA: 'Das Foto wird geprüft.',
  AssessQuality: 'Bitte das Foto ansehen und entscheiden.',
};

/**
 * The same in the manner of Leichte Sprache: short main clauses, one thought each, easy words. Its rules ask for a check by people who
 * need it; nobody has checked these.
 */
export const LIVE_STATUS_EASY_TEXT: Readonly<Record<LiveStatus, string>> = {
  Initializing: 'Bitte warten Sie kurz.',
  SearchingFace: 'Schauen Sie bitte in die Kamera.',
  FaceRecognized: 'Das ist gut. Bleiben Sie bitte so.',
  Capturing: 'Wir machen jetzt das Foto.',
  StepBack: 'Sie sind zu nah an der Kamera. Gehen Sie bitte ein Stück zurück.',
  StepForward: 'Sie sind zu weit weg. Kommen Sie bitte näher.',
  StepLeft: 'Rücken Sie bitte ein Stück nach links.',
  StepRight: 'Rücken Sie bitte ein Stück nach rechts.',
  MoveUp: 'Ihr Kopf ist zu tief. Machen Sie sich bitte größer.',
  MoveDown: 'Ihr Kopf ist zu hoch. Machen Sie sich bitte kleiner.',
  StandStill: 'Bewegen Sie sich bitte nicht.',
  LookStraight: 'Halten Sie den Kopf gerade. Schauen Sie in die Kamera.',
  OpenEyes: 'Machen Sie bitte die Augen auf.',
  CloseMouth: 'Machen Sie bitte den Mund zu.',
  MultipleFaces: 'Nur Sie dürfen auf dem Foto sein. Andere Personen gehen bitte zur Seite.',
  PerformingQA: 'Wir prüfen das Foto.',
  AssessQuality: 'Sehen Sie sich das Foto bitte an.',
};

/** What the clerk does with the camera, where the person stays as they are: left and right as on the picture. */
export const LIVE_STATUS_OPERATOR_TEXT: Readonly<Record<LiveStatus, string>> = {
  ...LIVE_STATUS_TEXT,
  SearchingFace: 'Es ist kein Gesicht im Bild. Kamera auf das Gesicht richten.',
  FaceRecognized: 'Gut so. Kamera ruhig halten.',
  StepBack: 'Mit der Kamera etwas weiter weg.',
  StepForward: 'Mit der Kamera etwas näher heran.',
  StepLeft: 'Kamera etwas nach links.',
  StepRight: 'Kamera etwas nach rechts.',
  MoveUp: 'Kamera etwas tiefer.',
  MoveDown: 'Kamera etwas höher.',
  StandStill: 'Kamera ruhig halten. Die Person soll kurz stillhalten.',
  LookStraight: 'Kamera gerade vor das Gesicht halten. Die Person soll in die Kamera schauen.',
  OpenEyes: 'Die Person soll die Augen öffnen.',
  CloseMouth: 'Die Person soll den Mund schließen.',
};

/**
 * {@link LIVE_STATUS_EASY_TEXT} for somebody who lies in bed or cannot move: the clerk moves, with {@link LIVE_STATUS_OPERATOR_TEXT}.
 */
export const LIVE_STATUS_AT_REST_EASY_TEXT: Readonly<Record<LiveStatus, string>> = {
  ...LIVE_STATUS_EASY_TEXT,
  StepBack: 'Wir gehen mit der Kamera etwas zurück. Bleiben Sie so.',
  StepForward: 'Wir kommen mit der Kamera näher. Bleiben Sie so.',
  StepLeft: 'Wir bewegen jetzt die Kamera. Bleiben Sie so.',
  StepRight: 'Wir bewegen jetzt die Kamera. Bleiben Sie so.',
  MoveUp: 'Wir bewegen jetzt die Kamera. Bleiben Sie so.',
  MoveDown: 'Wir bewegen jetzt die Kamera. Bleiben Sie so.',
  LookStraight: 'Schauen Sie bitte in die Kamera.',
};
