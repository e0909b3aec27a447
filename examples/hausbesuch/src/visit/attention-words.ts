import type { AttentionReason } from '@buergerkoffer/print';
import type { ScanAttention } from '@buergerkoffer/scan';

/** What the clerk reads when the printer needs a hand. */
export const PRINTER_ATTENTION: Readonly<Record<AttentionReason, string>> = {
  'media-empty': 'Dem Drucker ist das Papier ausgegangen. Bitte legen Sie Papier nach.',
  'media-needed': 'Der Drucker wartet auf Papier. Bitte legen Sie das richtige Papier ein.',
  'media-jam': 'Im Drucker staut sich Papier. Bitte öffnen Sie die Klappe und ziehen Sie es heraus.',
  'cover-open': 'Am Drucker steht eine Klappe offen. Bitte schließen Sie sie.',
  'input-tray-missing': 'Am Drucker fehlt das Papierfach. Bitte schieben Sie es ein.',
  'marker-supply-empty': 'Tinte oder Toner des Druckers sind leer. Bitte wechseln Sie die Patrone.',
  'marker-waste-full': 'Der Resttonerbehälter des Druckers ist voll. Bitte wechseln Sie ihn.',
  'output-area-full': 'Das Ausgabefach des Druckers ist voll. Bitte nehmen Sie die Blätter heraus.',
  paused: 'Der Drucker ist angehalten. Bitte drücken Sie an ihm die Taste zum Fortsetzen.',
  other: 'Der Drucker braucht Ihre Hilfe. Bitte lesen Sie, was seine Anzeige sagt.',
};

/** What the clerk reads when the document scanner needs a hand. */
export const SCANNER_ATTENTION: Readonly<Record<ScanAttention, string>> = {
  jam: 'Im Dokumentenscanner steckt ein Blatt fest. Bitte öffnen Sie die Klappe und ziehen Sie es heraus.',
  'cover-open': 'Am Dokumentenscanner steht eine Klappe offen. Bitte schließen Sie sie.',
  empty: 'Im Einzug des Dokumentenscanners liegt nichts. Bitte legen Sie das Dokument ein.',
  'multi-feed':
    'Der Dokumentenscanner hat mehrere Blätter auf einmal eingezogen. Bitte legen Sie sie neu ein.',
  locked: 'Der Dokumentenscanner ist für den Transport verriegelt. Bitte lösen Sie die Sperre.',
};
