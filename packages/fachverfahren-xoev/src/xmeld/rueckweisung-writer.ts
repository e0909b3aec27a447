import { InputError } from '@buergerkoffer/formats';
import { codeElement, frameElements, rootAttributes } from './frame-writer.js';
import type { Behoerde, MessageFrame } from './frame.js';
import type { RejectionCode } from './rejection-code.js';
import { REJECTION_NAMESPACE, REJECTION_ROOT } from './rueckweisung.js';
import { XMELD_VERSION } from './xmeld.js';
import type { XmlElement } from './xml-writer.js';
import { element, optionalElement, serializeXml } from './xml-writer.js';

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
  readonly rejected?: { readonly uuid: string; readonly type: string; readonly created: string };
  /** The rejected message as it came, in base64. */
  readonly originalBase64: string;
}

/**
 * A Rückweisung 0010 of XInneres, version 6, in UTF-8; everything below the root is unqualified.
 * Throws `InputError` `missing` without a reason, or for S999 without a description.
 */
export function writeRueckweisung(input: RueckweisungInput): Uint8Array {
  if (input.reasons.length === 0)
    throw new InputError('missing', 'a rejection needs a reason', { path: 'reasons' });
  return serializeXml(
    element(
      `xirts:${REJECTION_ROOT}`,
      [
        ...frameElements(input.frame, '0010', input.reader),
        element('rueckweisung', [
          ...input.reasons.map(reasonElement),
          input.rejected === undefined ? undefined : rejectedElement(input.rejected),
          element('nachricht', input.originalBase64),
        ]),
      ],
      {
        'xmlns:xirts': REJECTION_NAMESPACE,
        ...rootAttributes(input.frame, 'XInneres-Rueckweisung', '6'),
      },
    ),
  );
}

function reasonElement({ code, description }: WrittenReason, index: number): XmlElement {
  if (code === 'S999' && description === undefined) {
    throw new InputError('missing', 'S999 needs a description', { path: `reasons[${index}].description` });
  }
  return element('rueckweisungsgrund', [
    codeElement('grund', code),
    description === undefined
      ? undefined
      : element('grundSpezifisch', [optionalElement('fehlerbeschreibung', description)]),
  ]);
}

/** The type names its list and version itself (XÖV code type 4): the rejected message may be of any XInneres module. */
function rejectedElement(rejected: NonNullable<RueckweisungInput['rejected']>): XmlElement {
  return element('idNachricht', [
    element('nachrichtenUUID', rejected.uuid),
    element('nachrichtentyp', [element('code', rejected.type)], {
      listURI: 'urn:de:xmeld:schluesseltabelle:xmeld.nachrichten',
      listVersionID: XMELD_VERSION,
    }),
    element('erstellungszeitpunkt', rejected.created),
  ]);
}
