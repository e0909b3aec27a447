import type { ErrorCodes } from './error-codes.js';
import type { ErrorKind, ErrorShape } from './error.js';
import type { StringLatinFault } from './string-latin.js';

/** What went wrong and what to do about it, for clerk and citizen. */
export interface GermanText {
  readonly message: string;
  readonly remedy: string;
}

const TEXTS: { readonly [Kind in ErrorKind]: Readonly<Record<ErrorCodes[Kind], GermanText>> } = {
  input: {
    truncated: {
      message: 'Die Daten sind nicht vollständig, das Ende fehlt.',
      remedy: 'Bitte erfassen oder übertragen Sie die Daten noch einmal.',
    },
    malformed: {
      message: 'Die Angabe hat nicht die erwartete Form.',
      remedy: 'Bitte prüfen Sie, ob das richtige Feld ausgefüllt oder die richtige Datei ausgewählt ist.',
    },
    checksum: {
      message: 'Eine Prüfziffer stimmt nicht.',
      remedy: 'Bitte vergleichen Sie die Angabe mit dem Dokument und lesen oder tippen Sie sie noch einmal.',
    },
    'out-of-range': {
      message: 'Der Wert ist hier nicht möglich.',
      remedy: 'Bitte prüfen Sie Datum, Zahl oder Größe und berichtigen Sie die Angabe.',
    },
    'too-large': {
      message: 'Die Angabe ist zu lang oder die Datei zu groß.',
      remedy: 'Bitte kürzen Sie die Angabe oder wählen Sie eine kleinere Datei.',
    },
    unsupported: {
      message: 'Diese Art von Dokument oder Datei kann hier nicht gelesen werden.',
      remedy: 'Bitte verwenden Sie ein anderes Dokument oder Dateiformat.',
    },
    'not-allowed': {
      message: 'Die Angabe enthält etwas, das hier nicht zulässig ist.',
      remedy: 'Bitte ersetzen Sie das genannte Zeichen oder nehmen Sie die Angabe heraus.',
    },
    missing: {
      message: 'Eine erforderliche Angabe fehlt.',
      remedy: 'Bitte ergänzen Sie die fehlende Angabe.',
    },
  },
  device: {
    'access-denied': {
      message: 'Der Zugriff auf das Gerät ist nicht erlaubt.',
      remedy: 'Bitte wenden Sie sich an die Systembetreuung; sie richtet die Berechtigung ein.',
    },
    attention: {
      message: 'Das Gerät braucht Ihre Hilfe.',
      remedy: 'Bitte sehen Sie am Gerät nach: Papier, Abdeckung oder Karte.',
    },
    busy: {
      message: 'Das Gerät ist noch beschäftigt.',
      remedy: 'Bitte warten Sie einen Augenblick und versuchen Sie es dann noch einmal.',
    },
    closed: {
      message: 'Die Verbindung zum Gerät ist beendet.',
      remedy: 'Bitte beginnen Sie den Schritt noch einmal.',
    },
    'invalid-request': {
      message: 'Das Gerät kann diese Einstellung nicht ausführen.',
      remedy: 'Bitte wählen Sie eine andere Einstellung.',
    },
    lost: {
      message: 'Die Verbindung zum Gerät ist abgerissen.',
      remedy: 'Bitte prüfen Sie Kabel und Stromversorgung. Bereits Erfasstes ist gespeichert.',
    },
    'not-found': {
      message: 'Das Gerät wurde nicht gefunden.',
      remedy: 'Bitte schließen Sie das Gerät an, schalten Sie es ein und versuchen Sie es noch einmal.',
    },
    protocol: {
      message: 'Das Gerät hat unverständlich geantwortet.',
      remedy: 'Bitte trennen Sie das Gerät kurz vom Kofferrechner und schließen Sie es wieder an.',
    },
    timeout: {
      message: 'Das Gerät hat nicht rechtzeitig geantwortet.',
      remedy:
        'Bitte versuchen Sie es noch einmal. Hilft das nicht, schalten Sie das Gerät aus und wieder ein.',
    },
    unsupported: {
      message: 'Das Gerät beherrscht diese Funktion nicht.',
      remedy: 'Bitte verwenden Sie ein anderes Gerät für diesen Schritt.',
    },
  },
  storage: {
    full: {
      message: 'Der Speicher ist voll. Der letzte Schritt wurde nicht gespeichert.',
      remedy:
        'Bitte schaffen Sie Platz oder wenden Sie sich an die Systembetreuung, und wiederholen Sie den Schritt.',
    },
    'read-only': {
      message: 'In diesen Ordner kann nicht geschrieben werden.',
      remedy: 'Bitte wählen Sie einen anderen Ordner oder wenden Sie sich an die Systembetreuung.',
    },
    corrupt: {
      message: 'Gespeicherte Daten sind beschädigt.',
      remedy: 'Bitte ändern Sie nichts und wenden Sie sich an die Systembetreuung.',
    },
    locked: {
      message: 'Der Vorgang ist an anderer Stelle geöffnet.',
      remedy: 'Bitte schließen Sie ihn dort und versuchen Sie es noch einmal.',
    },
    missing: {
      message: 'Die Datei oder der Vorgang ist nicht vorhanden.',
      remedy: 'Bitte prüfen Sie die Auswahl.',
    },
    denied: {
      message: 'Der Zugriff auf die gespeicherten Daten ist nicht erlaubt.',
      remedy: 'Bitte wenden Sie sich an die Systembetreuung; sie richtet die Berechtigung ein.',
    },
    closed: {
      message: 'Der Fall ist nicht mehr geöffnet.',
      remedy: 'Bitte öffnen Sie den Fall noch einmal. Bereits Erfasstes ist gespeichert.',
    },
  },
  service: {
    unreachable: {
      message: 'Das Fachverfahren ist zurzeit nicht erreichbar.',
      remedy: 'Sie können weiterarbeiten: Der Vorgang wird übermittelt, sobald wieder Verbindung besteht.',
    },
    timeout: {
      message: 'Das Fachverfahren hat nicht rechtzeitig geantwortet.',
      remedy: 'Bitte warten Sie: Die Übermittlung wird wiederholt und doch nur einmal bearbeitet.',
    },
    refused: {
      message: 'Das Fachverfahren nimmt zurzeit nichts an.',
      remedy: 'Bitte warten Sie: Die Übermittlung wird später wiederholt.',
    },
    rejected: {
      message: 'Das Fachverfahren hat den Vorgang zurückgewiesen.',
      remedy: 'Bitte lesen Sie den Grund, berichtigen Sie die Angaben und übermitteln Sie den Vorgang neu.',
    },
    protocol: {
      message: 'Das Fachverfahren hat unverständlich geantwortet.',
      remedy: 'Bitte wenden Sie sich an die Systembetreuung. Der Vorgang bleibt gespeichert.',
    },
    unauthorized: {
      message: 'Die Anmeldung am Fachverfahren ist nicht gelungen.',
      remedy: 'Bitte lassen Sie Zugang und Zertifikat von der Systembetreuung prüfen.',
    },
  },
};

const UNKNOWN: GermanText = {
  message: 'Es ist ein unerwarteter Fehler aufgetreten.',
  remedy: 'Bitte versuchen Sie es noch einmal und wenden Sie sich sonst an die Systembetreuung.',
};

/** The German sentences for an error of this family and code. */
export function germanText<Kind extends ErrorKind>(kind: Kind, code: ErrorCodes[Kind]): GermanText {
  return TEXTS[kind][code];
}

/**
 * The German sentences for any error, also one read from JSON: its own remedy where it has one; an unknown code gets a
 * general text.
 */
export function germanTextOf({
  kind,
  code,
  germanRemedy,
}: Pick<ErrorShape, 'kind' | 'code' | 'germanRemedy'>): GermanText {
  const texts: Readonly<Record<string, GermanText>> = TEXTS[kind];
  const text = Object.hasOwn(texts, code) ? (texts[code] ?? UNKNOWN) : UNKNOWN;
  return germanRemedy === undefined ? text : { ...text, remedy: germanRemedy };
}

/** The German sentences for a character that a field does not admit: which one, where, and what to do. */
export function germanLatinFault(fault: StringLatinFault): GermanText {
  const place = `Das ${fault.grapheme + 1}. Zeichen`;
  switch (fault.reason) {
    case 'not-in-repertoire':
      return {
        message: `${place} (${fault.codePoint}) ist in diesem Feld nicht zulässig.`,
        remedy: 'Bitte übernehmen Sie die Schreibweise in lateinischen Buchstaben aus der Urkunde.',
      };
    case 'not-nfc':
      return {
        message: `${place} ist aus Buchstabe und Zusatzzeichen zusammengesetzt und so nicht zulässig.`,
        remedy: 'Bitte löschen Sie das Zeichen und geben Sie es über die Tastatur neu ein.',
      };
    default:
      return fault.reason satisfies never;
  }
}
