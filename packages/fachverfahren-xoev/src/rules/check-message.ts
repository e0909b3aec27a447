import type { MessageElement } from '../message/tree.js';
import { checkAddresses } from './address-rules.js';
import { checkAllowedCodes } from './allowed-codes.js';
import { checkBzrMessage } from './bzr-anfrage-rules.js';
import { checkCodes } from './code-rules.js';
import { checkDates } from './date-rules.js';
import { checkDocuments } from './document-rules.js';
import { checkEvents } from './event-rules.js';
import { checkHeader, checkInstants } from './header-rules.js';
import type { CheckMessageOptions, ElementRule, MessageRule } from './message-context.js';
import { messageContext } from './message-context.js';
import type { MessageFinding } from './message-finding.js';
import { checkMessageType } from './message-rules.js';
import { checkNumbers } from './number-rules.js';
import { checkParticipants } from './participant-rules.js';
import { checkRepresentatives } from './person-rules.js';
import { checkRejection } from './rueckweisung-rules.js';
import { checkTextLeaves } from './text-rules.js';
import { walk } from './walk.js';

const MESSAGE_RULES: readonly MessageRule[] = [
  checkHeader,
  checkParticipants,
  checkEvents,
  checkCodes,
  checkBzrMessage,
  checkRejection,
  checkMessageType,
];

const ELEMENT_RULES: readonly ElementRule[] = [
  checkTextLeaves,
  checkInstants,
  checkNumbers,
  checkDates,
  checkAddresses,
  checkAllowedCodes,
  checkDocuments,
  checkRepresentatives,
];

/**
 * What a receiver would object to in a message of XMeld or XInneres beyond its schema: the rules in the text of
 * OSCI-XMeld 25.11a and of XInneres, and the code lists at hand. In the order of the document; at most 1000 findings
 * of each severity. Never throws, whatever the tree; whether it is valid under the schema is another question.
 */
export function checkMessage(root: MessageElement, options: CheckMessageOptions): readonly MessageFinding[] {
  const context = messageContext(root, options);
  for (const rule of MESSAGE_RULES) rule(context);
  // What is no message of ours has other rules.
  if (context.type === '') return context.findings.all;
  walk(root, (element, above) => {
    for (const rule of ELEMENT_RULES) rule(context, element, above);
  });
  return context.findings.all;
}
