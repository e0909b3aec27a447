import type { LocalDate } from '@buergerkoffer/formats';
import { berlinDate } from '@buergerkoffer/formats';
import type { CodeLists } from '../codelists/code-lists.js';
import type { MessageElement } from '../message/tree.js';
import { attributeOf, childOf } from '../message/tree.js';
import { isMessageInstant } from '../xmeld/values.js';
import { MessageFindings } from './message-finding.js';
import type { ServedVersion } from './served-version.js';
import { tokenAt } from './walk.js';

/** What the rules need to know beside the message. */
export interface CheckMessageOptions {
  /** The present, as milliseconds since 1970 or a date. */
  readonly now: number | Date;
  /** The code lists at hand; a code of a list that is not among them is `not-assessed`. */
  readonly lists?: CodeLists;
  /** The message is going to be sent for real: a version that has ended and a test message are errors. Default false. */
  readonly production?: boolean;
  /** Versions that the receiver serves, with their days. Default: XMeld 25.11a and the Rückweisung of XInneres, version 6. */
  readonly served?: readonly ServedVersion[];
  /** True for the UUID, in small letters, of a message that was sent or received before. */
  readonly isKnownUuid?: (uuid: string) => boolean;
}

/** One message under the rules. */
export interface MessageContext {
  readonly root: MessageElement;
  /** Last part of the root's name, four digits; empty for a root that is no message. */
  readonly type: string;
  /** `nachrichtenkopf.g2g`; in messages with private persons and bodies, 0600 to 0604 and 0900, `nachrichtenkopf`. */
  readonly head: MessageElement | undefined;
  /** The attribute `test` is there. */
  readonly isTest: boolean;
  readonly production: boolean;
  readonly now: number;
  /** The day in Germany on which the message was made; today when it does not say. */
  readonly day: LocalDate;
  readonly options: CheckMessageOptions;
  readonly findings: MessageFindings;
}

/** A rule looks at a message and speaks through its findings. */
export type MessageRule = (context: MessageContext) => void;

/** A rule that is asked for each element. */
export type ElementRule = (
  context: MessageContext,
  element: MessageElement,
  above: readonly MessageElement[],
) => void;

export function messageContext(root: MessageElement, options: CheckMessageOptions): MessageContext {
  const head = childOf(root, 'nachrichtenkopf.g2g') ?? childOf(root, 'nachrichtenkopf');
  const created = head && tokenAt(head, 'identifikation.nachricht/erstellungszeitpunkt');
  const now = Number(options.now);
  return {
    root,
    type: /\.(\d{4})$/.exec(root.local)?.[1] ?? '',
    head,
    isTest: attributeOf(root, 'test') !== undefined,
    production: options.production === true,
    now,
    day: berlinDate(created !== undefined && isMessageInstant(created) ? Date.parse(created) : now),
    options,
    findings: new MessageFindings(),
  };
}
