import { checkAddress } from './address-rules.js';
import type { Findings } from './finding.js';
import type { MessageFrame } from './frame.js';
import { isAgs, isMessageInstant, isMessageUuid } from './values.js';

/** The rules of the frame that every message between authorities has; the author is a Meldebehörde. */
export function checkFrame(frame: MessageFrame, findings: Findings): void {
  if (!isMessageUuid(frame.uuid)) {
    findings.error('X001', 'uuid', 'not a UUID', 'Die Kennung der Nachricht ist keine UUID.');
  }
  checkInstant(frame.erstellungszeitpunkt, 'erstellungszeitpunkt', findings);
  if (!frame.autor.kennung.startsWith('ags:') || !isAgs(frame.autor.kennung.slice('ags:'.length))) {
    findings.error(
      'S999',
      'autor.kennung',
      'the author is a Meldebehörde: ags: and its eight-digit AGS',
      'Absender ist eine Meldebehörde: „ags:“ und ihr achtstelliger Gemeindeschlüssel.',
    );
  }
  if (frame.autor.erreichbarkeit.length === 0) {
    findings.error(
      'X001',
      'autor.erreichbarkeit',
      'the author names at least one way to be reached',
      'Für den Absender ist mindestens ein Kontaktweg anzugeben.',
    );
  }
  for (const [index, { kanal }] of frame.autor.erreichbarkeit.entries()) {
    if (!/^0[1-9]$/.test(kanal)) {
      findings.error(
        'S011',
        `autor.erreichbarkeit[${index}].kanal`,
        'not a code 01 to 09 of the list Erreichbarkeit',
        'Der Kontaktweg ist kein Code der Liste Erreichbarkeit (01 bis 09).',
      );
    }
  }
  checkAddress(frame.autor.anschrift, 'autor.anschrift', findings);
}

/** A point in time is written with milliseconds and zone (XMeld, type.Identifikation.Nachricht). */
export function checkInstant(instant: string, path: string, findings: Findings): void {
  if (isMessageInstant(instant)) return;
  findings.error(
    'S999',
    path,
    'a point in time is written with milliseconds and zone: YYYY-MM-DDThh:mm:ss.sss+hh:mm',
    'Der Zeitpunkt braucht Millisekunden und Zeitzone.',
  );
}

/**
 * An event's sign has 1 to 100 characters, at most eight of them outside A-Z, a-z, 0-9; umlauts count
 * (XMeld, type.Identifikation.Ereignis).
 */
export function checkEvent(
  event: { readonly zeitpunkt: string; readonly zeichen: string },
  path: string,
  findings: Findings,
): void {
  checkInstant(event.zeitpunkt, `${path}.zeitpunkt`, findings);
  const characters = Array.from(event.zeichen);
  if (
    characters.length > 100 ||
    characters.filter((character) => !/[A-Za-z0-9]/.test(character)).length > 8
  ) {
    findings.error(
      'S999',
      `${path}.zeichen`,
      'an event sign has at most 100 characters, at most 8 of them neither A-Z, a-z nor 0-9',
      'Das Ereigniszeichen hat höchstens 100 Zeichen, davon höchstens 8 Sonderzeichen.',
    );
  }
}
