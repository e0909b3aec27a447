import type { DeviceErrorCode } from '@buergerkoffer/core';
import type { GermanText } from '@buergerkoffer/formats';
import type { AttentionReason } from './ipp/index.js';

const GO_ON = 'Der Druck geht danach von selbst weiter.';

const TEXTS: Readonly<Record<AttentionReason, GermanText>> = {
  'media-empty': {
    message: 'Der Drucker hat kein Papier mehr.',
    remedy: `Bitte legen Sie A4-Papier ein. ${GO_ON}`,
  },
  'media-needed': {
    message: 'Der Drucker wartet auf passendes Papier.',
    remedy: `Bitte legen Sie A4-Papier in das Fach, das der Drucker anzeigt. ${GO_ON}`,
  },
  'media-jam': {
    message: 'Im Drucker hat sich Papier gestaut.',
    remedy: `Bitte öffnen Sie die Klappe und ziehen Sie das Papier vorsichtig heraus. ${GO_ON}`,
  },
  'cover-open': {
    message: 'Eine Klappe des Druckers ist offen.',
    remedy: `Bitte schließen Sie alle Klappen. ${GO_ON}`,
  },
  'input-tray-missing': {
    message: 'Das Papierfach fehlt.',
    remedy: `Bitte schieben Sie das Papierfach ganz hinein. ${GO_ON}`,
  },
  'marker-supply-empty': {
    message: 'Toner oder Tinte ist leer.',
    remedy: `Bitte setzen Sie eine neue Patrone ein. ${GO_ON}`,
  },
  'marker-waste-full': {
    message: 'Der Behälter für Resttoner oder Resttinte ist voll.',
    remedy: `Bitte wechseln Sie den Behälter. ${GO_ON}`,
  },
  'output-area-full': {
    message: 'Das Ausgabefach ist voll.',
    remedy: `Bitte nehmen Sie das Papier aus dem Ausgabefach. ${GO_ON}`,
  },
  paused: {
    message: 'Der Drucker ist angehalten.',
    remedy: 'Bitte geben Sie ihn am Bedienfeld wieder frei oder wenden Sie sich an die Systembetreuung.',
  },
  other: {
    message: 'Der Drucker braucht Ihre Hilfe.',
    remedy: `Bitte lesen Sie, was er anzeigt. ${GO_ON}`,
  },
};

/** What clerk and citizen read when the printer needs a hand. */
export function germanAttention(reason: AttentionReason): GermanText {
  return TEXTS[reason];
}

const SUPPORT = 'Bitte wenden Sie sich an die Systembetreuung';

const FAILURES: Readonly<Record<DeviceErrorCode, GermanText>> = {
  'access-denied': {
    message: 'Der Drucker lässt diesen Rechner nicht drucken, oder sein Zertifikat ist nicht das erwartete.',
    remedy: `${SUPPORT}; sie richtet Zugang oder Zertifikat ein. Gedruckt wurde nichts.`,
  },
  attention: {
    message: 'Der Drucker ist stehen geblieben.',
    remedy:
      'Bitte lesen Sie, was der Drucker anzeigt, und beheben Sie es: Papier, Stau, Klappe oder Toner. Drucken Sie dann noch einmal.',
  },
  busy: {
    message: 'Der Drucker druckt gerade etwas anderes.',
    remedy: 'Bitte warten Sie, bis er fertig ist, und drucken Sie dann noch einmal.',
  },
  closed: {
    message: 'Der Druck wurde abgebrochen.',
    remedy: 'Bitte sehen Sie nach, was im Ausgabefach liegt, und drucken Sie bei Bedarf noch einmal.',
  },
  'invalid-request': {
    message: 'Dieser Druckauftrag ist so nicht möglich.',
    remedy: `Bitte prüfen Sie die Angaben zum Druck. ${SUPPORT}, wenn es dabei bleibt.`,
  },
  lost: {
    message: 'Die Verbindung zum Drucker ist abgerissen; es ist nicht sicher, was gedruckt wurde.',
    remedy:
      'Bitte sehen Sie im Ausgabefach nach: Liegt alles da, ist der Druck fertig. Fehlt etwas, vernichten Sie das Unvollständige, prüfen Kabel oder WLAN und drucken noch einmal.',
  },
  'not-found': {
    message: 'Der Drucker wurde nicht gefunden.',
    remedy: 'Bitte schalten Sie den Drucker ein, prüfen Sie Kabel oder WLAN und drucken Sie noch einmal.',
  },
  protocol: {
    message: 'Der Drucker hat unverständlich geantwortet.',
    remedy: `Bitte schalten Sie den Drucker aus und wieder ein. ${SUPPORT}, wenn es dabei bleibt.`,
  },
  timeout: {
    message: 'Der Drucker hat nicht rechtzeitig geantwortet.',
    remedy:
      'Bitte sehen Sie nach dem Drucker und drucken Sie noch einmal, wenn das Blatt nicht gekommen ist.',
  },
  unsupported: {
    message: 'Der Drucker kann dieses Dokument oder diese Einstellung nicht drucken.',
    remedy: `Bitte wählen Sie einen anderen Drucker oder eine andere Einstellung. ${SUPPORT}, wenn es dabei bleibt.`,
  },
};

/** What a clerk reads when printing failed with this code; the error's own remedy is for whoever set the printer up. */
export function germanPrintFailure(code: DeviceErrorCode): GermanText {
  return FAILURES[code];
}
