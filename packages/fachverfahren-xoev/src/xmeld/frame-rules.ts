import { checkAddress } from './address-rules.js';
import type { FindingSink } from './finding.js';
import type { MessageFrame } from './frame.js';
import { checkAuthorOf } from './participants.js';
import { isMessageInstant, isMessageUuid } from './values.js';

/** The rules of the frame that every message between authorities has. */
export function checkFrame(type: string, frame: MessageFrame, findings: FindingSink): void {
  if (!isMessageUuid(frame.uuid)) {
    findings.error('X001', 'uuid', 'not a UUID', 'Die Kennung der Nachricht ist keine UUID.');
  }
  checkInstant(frame.erstellungszeitpunkt, 'erstellungszeitpunkt', findings);
  checkAuthorOf(type, frame.autor.kennung, 'autor.kennung', findings);
  if (frame.autor.erreichbarkeit.length === 0) {
    findings.error(
      'X001',
      'autor.erreichbarkeit',
      'the author names at least one way to be reached',
      'Für den Absender ist mindestens ein Kontaktweg anzugeben.',
    );
  }
  for (const [index, { kanal }] of frame.autor.erreichbarkeit.entries()) {
    checkChannel(kanal, `autor.erreichbarkeit[${index}].kanal`, findings);
  }
  checkAddress(frame.autor.anschrift, 'autor.anschrift', findings);
}

/** A way to be reached is a code 01 to 09 (list Erreichbarkeit, version 3). */
export function checkChannel(channel: string, path: string, findings: FindingSink): void {
  if (/^0[1-9]$/.test(channel)) return;
  findings.error(
    'S011',
    path,
    'not a code 01 to 09 of the list Erreichbarkeit',
    'Der Kontaktweg ist kein Code der Liste Erreichbarkeit (01 bis 09).',
  );
}

/** A point in time is written with milliseconds and zone (XMeld, type.Identifikation.Nachricht). */
export function checkInstant(instant: string, path: string, findings: FindingSink): void {
  if (isMessageInstant(instant)) return;
  findings.error(
    'S999',
    path,
    'a point in time is written with milliseconds and zone: YYYY-MM-DDThh:mm:ss.sss+hh:mm',
    'Der Zeitpunkt braucht Millisekunden und Zeitzone.',
  );
}

/** When and under which sign an event was stored. */
export function checkEvent(
  event: { readonly zeitpunkt: string; readonly zeichen: string },
  path: string,
  findings: FindingSink,
): void {
  checkInstant(event.zeitpunkt, `${path}.zeitpunkt`, findings);
  checkEventSign(event.zeichen, `${path}.zeichen`, findings);
}

/**
 * An event's sign has 1 to 100 characters, at most eight of them outside A-Z, a-z, 0-9; umlauts count
 * (XMeld, type.Identifikation.Ereignis).
 */
export function checkEventSign(sign: string, path: string, findings: FindingSink): void {
  const characters = Array.from(sign);
  const special = characters.filter((character) => !/[A-Za-z0-9]/.test(character));
  if (characters.length <= 100 && special.length <= 8) return;
  findings.error(
    'S999',
    path,
    'an event sign has at most 100 characters, at most 8 of them neither A-Z, a-z nor 0-9',
    'Das Ereigniszeichen hat höchstens 100 Zeichen, davon höchstens 8 Sonderzeichen.',
  );
}
