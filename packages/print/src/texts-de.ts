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
