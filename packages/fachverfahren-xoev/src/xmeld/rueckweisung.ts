import { InputError } from '@buergerkoffer/formats';
import type { MessageHeader } from './message-header.js';
import { belowRoot, HeaderCollector, TextCollector } from './message-header.js';
import { REJECTION_CODES, isRejectionCode } from './rejection-code.js';
import { isMessageUuid } from './values.js';
import type { XmlHandler } from './xml-reader.js';
import { readXml } from './xml-reader.js';

/** Namespace of the XInneres Rückweisung, version 6. */
export const REJECTION_NAMESPACE = 'http://www.osci.de/xinneres/rueckweisung/6';
/** Local name of its root element. */
export const REJECTION_ROOT = 'rueckweisung.asynchron.0010';

/** A reason in the rejecting authority's own terms; mandatory with S999. */
export interface SpecificReason {
  readonly code?: string;
  /** Free text of the authority; show it to the clerk, keep it out of logs. */
  readonly description?: string;
}

/** Why a message, or one case in it, was rejected. */
export interface RejectionReason {
  /** A code of the XInneres list; newer lists may hold more than {@link REJECTION_CODES}. */
  readonly code: string;
  /** German meaning of the code, a general sentence when the code is not known here. */
  readonly meaningDe: string;
  readonly specific: readonly SpecificReason[];
}

/** A rejection as read: which message, and why. The rejected message itself is left in the bytes. */
export interface Rueckweisung {
  readonly header: MessageHeader;
  /** Identity of the rejected message; absent when it was not valid enough to have one. */
  readonly rejected?: { readonly uuid: string; readonly type: string };
  /** Reasons for the message as a whole, at least one. */
  readonly reasons: readonly RejectionReason[];
  /** Single cases of a collective message that could not be processed. */
  readonly cases: readonly { readonly eventSign: string; readonly reasons: readonly RejectionReason[] }[];
  /** Name of the checking body when it is not the author. */
  readonly rejectedBy?: string;
}

interface ReasonDraft {
  code: string;
  readonly specific: { code?: string; description?: string }[];
}

const BODY = 'rueckweisung';
const CASE = `${BODY}/nichtVerarbeitbarerEinzelfall`;
const MAX_REASONS = 1000;

/**
 * Reads a Rückweisung 0010. The embedded original (`nachricht`) is skipped: neither result nor error holds it.
 * `InputError`: with offset for bad XML, `unsupported` for another message, `missing` or `malformed` with path.
 */
export function readRueckweisung(bytes: Uint8Array): Rueckweisung {
  const collector = new RejectionCollector();
  readXml(bytes, collector);
  return collector.result();
}

class RejectionCollector implements XmlHandler {
  readonly #header = new HeaderCollector();
  readonly #texts = new TextCollector([
    `${BODY}/idNachricht/nachrichtenUUID`,
    `${BODY}/idNachricht/nachrichtentyp/code`,
    `${BODY}/rueckweisendeStelle/pruefinstanz`,
  ]);
  readonly #reasons: ReasonDraft[] = [];
  readonly #cases: { eventSign: string; readonly reasons: ReasonDraft[] }[] = [];
  #count = 0;

  open(path: string, name: { uri: string; local: string }, attributes: ReadonlyMap<string, string>): void {
    if (!path.includes('/') && (name.uri !== REJECTION_NAMESPACE || name.local !== REJECTION_ROOT)) {
      throw new InputError('unsupported', 'the message is not a Rückweisung 0010 of XInneres, version 6');
    }
    if (path.includes('/') && name.uri !== '') {
      throw new InputError('malformed', 'elements below the root bear no namespace');
    }
    this.#header.open(path, name, attributes);
    const below = belowRoot(path);
    if (below === CASE) this.#cases.push({ eventSign: '', reasons: [] });
    const list = this.#listAt(below);
    if (list !== undefined) this.#add(list, { code: '', specific: [] });
    const reason = this.#reasonAt(below, '/grundSpezifisch');
    if (reason !== undefined) this.#add(reason.specific, {});
  }

  text(path: string, text: string): void {
    this.#header.text(path, text);
    const below = belowRoot(path);
    this.#texts.add(below, text);
    if (below === `${CASE}/identifikation.ereignis/ereignis.zeichen`) {
      const current = this.#cases.at(-1);
      if (current !== undefined) current.eventSign = bounded(current.eventSign + text, below);
    }
    const reason = this.#reasonAt(below, '/grund/code');
    if (reason !== undefined) reason.code = bounded(reason.code + text, below);
    const coded = this.#reasonAt(below, '/grundSpezifisch/fehlercode/code')?.specific.at(-1);
    if (coded !== undefined) coded.code = bounded((coded.code ?? '') + text, below);
    const described = this.#reasonAt(below, '/grundSpezifisch/fehlerbeschreibung')?.specific.at(-1);
    if (described !== undefined) described.description = bounded((described.description ?? '') + text, below);
  }

  result(): Rueckweisung {
    const header = this.#header.header();
    const uuid = this.#texts.get(`${BODY}/idNachricht/nachrichtenUUID`);
    const rejectedBy = this.#texts.get(`${BODY}/rueckweisendeStelle/pruefinstanz`);
    if (this.#reasons.length === 0) {
      throw new InputError('missing', 'the rejection names no reason', {
        path: `${BODY}/rueckweisungsgrund`,
      });
    }
    if (uuid !== undefined && !isMessageUuid(uuid)) {
      throw new InputError('malformed', 'not a UUID', { path: `${BODY}/idNachricht/nachrichtenUUID` });
    }
    return {
      header,
      ...(uuid === undefined
        ? {}
        : {
            rejected: {
              uuid: uuid.toLowerCase(),
              type: this.#texts.require(`${BODY}/idNachricht/nachrichtentyp/code`),
            },
          }),
      reasons: this.#reasons.map(finishReason),
      cases: this.#cases.map(({ eventSign, reasons }) => ({
        eventSign: eventSign.trim(),
        reasons: reasons.map(finishReason),
      })),
      ...(rejectedBy === undefined ? {} : { rejectedBy }),
    };
  }

  #add<Item>(list: Item[], item: Item): void {
    this.#count += 1;
    if (this.#count > MAX_REASONS) {
      throw new InputError('too-large', `more than ${MAX_REASONS} reasons`);
    }
    list.push(item);
  }

  /** The list that a reason element at this path opens an entry of. */
  #listAt(below: string): ReasonDraft[] | undefined {
    if (below === `${BODY}/rueckweisungsgrund`) return this.#reasons;
    return below === `${CASE}/grund` ? this.#cases.at(-1)?.reasons : undefined;
  }

  /** The reason that is being read when `below` ends in `suffix`. */
  #reasonAt(below: string, suffix: string): ReasonDraft | undefined {
    if (!below.endsWith(suffix)) return undefined;
    return this.#listAt(below.slice(0, -suffix.length))?.at(-1);
  }
}

function bounded(text: string, path: string): string {
  if (text.length <= TextCollector.MAX_TEXT) return text;
  throw new InputError('too-large', `a text is longer than ${TextCollector.MAX_TEXT} characters`, { path });
}

function finishReason(draft: ReasonDraft): RejectionReason {
  const code = draft.code.trim();
  if (!/^[A-Z][0-9]{3}$/.test(code)) {
    throw new InputError('malformed', 'a rejection code is a letter and three digits', {
      path: `${BODY}/rueckweisungsgrund/grund/code`,
    });
  }
  return {
    code,
    meaningDe: isRejectionCode(code) ? REJECTION_CODES[code] : 'Die Nachricht wurde abgewiesen.',
    specific: draft.specific.map(({ code: own, description }) => ({
      ...(own === undefined ? {} : { code: own.trim() }),
      ...(description === undefined ? {} : { description: description.trim() }),
    })),
  };
}
