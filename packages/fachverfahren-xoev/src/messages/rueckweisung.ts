import { InputError } from '@buergerkoffer/formats';
import type { Behoerde, MessageFrame } from '../xmeld/frame.js';
import type { RejectionCode } from '../xmeld/rejection-code.js';
import { XMELD_VERSION } from '../xmeld/xmeld.js';
import { messageBuilder } from './builder.js';
import type { AnsweredMessage } from './message-frame.js';
import { present } from './present.js';

/**
 * 0010: a message is rejected, whatever its type (XInneres, version 6). `nachricht` is the rejected message in base64,
 * `idNachricht` its identity when it was schema-valid. With S999 a `grundSpezifisch` says why.
 */
export const rueckweisung0010 = messageBuilder('xirts:rueckweisung.asynchron.0010');

/** A reason to write; `description` is mandatory with S999. */
export interface WrittenReason {
  readonly code: RejectionCode;
  readonly description?: string;
}

/** A rejection to write. */
export interface RueckweisungInput {
  readonly frame: MessageFrame;
  readonly reader: Pick<Behoerde, 'kennung' | 'name'>;
  readonly reasons: readonly WrittenReason[];
  /** Identity of the rejected message; mandatory when that was valid. */
  readonly rejected?: AnsweredMessage;
  /** The rejected message as it came, in base64. */
  readonly originalBase64: string;
}

/**
 * A Rückweisung 0010 in UTF-8, the short way to {@link rueckweisung0010}; valid under the schema, the other rules do not
 * hold it back. Throws `InputError` `missing` without a reason, or for S999 without a description, `malformed` where
 * reader or identity cannot stand in a valid message.
 */
export function writeRueckweisung(input: RueckweisungInput): Uint8Array {
  if (input.reasons.length === 0)
    throw new InputError('missing', 'a rejection needs a reason', { path: 'reasons' });
  const { uuid, erstellungszeitpunkt, test, produkt, autor, codelisten } = input.frame;
  return rueckweisung0010.write(
    { ...present({ test, codelisten }), uuid, erstellungszeitpunkt, produkt, autor, leser: input.reader },
    {
      rueckweisung: present({
        rueckweisungsgrund: input.reasons.map(reasonOf),
        idNachricht: input.rejected && identityOf(input.rejected),
        nachricht: input.originalBase64,
      }),
    },
    // It names parties and identity as the rejected message did, however wrong: it must leave all the same.
    { accepts: () => true },
  );
}

function reasonOf({ code, description }: WrittenReason, index: number) {
  if (code === 'S999' && description === undefined) {
    throw new InputError('missing', 'S999 needs a description', { path: `reasons[${index}].description` });
  }
  const grundSpezifisch = description === undefined ? undefined : [{ fehlerbeschreibung: description }];
  return present({ grund: code, grundSpezifisch });
}

/** The type names its list and version itself (XÖV code type 4): the rejected message may be of any XInneres module. */
function identityOf({ uuid, type, created }: AnsweredMessage) {
  return {
    nachrichtenUUID: uuid,
    nachrichtentyp: {
      '@listURI': 'urn:de:xmeld:schluesseltabelle:xmeld.nachrichten',
      '@listVersionID': XMELD_VERSION,
      code: type,
    },
    erstellungszeitpunkt: created,
  } as const;
}
