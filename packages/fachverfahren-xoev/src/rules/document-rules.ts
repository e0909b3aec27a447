import type { MessageElement } from '../message/tree.js';
import { childOf, childrenOf } from '../message/tree.js';
import type { ElementRule, MessageContext } from './message-context.js';
import { tokenAt } from './walk.js';

/** Codes of the list of passports and identity documents, version 5. */
const IDENTITY_CARD = '09';
const EID_CARD = '15';

/** An eID card has no day of issue; a person has one identity card (XMeld, type.Ausweisdokument; 1. BMeldDÜV). */
export const checkDocuments: ElementRule = ({ findings, type }, element) => {
  checkEidCard(element, type, findings);
  const issued = childOf(element, 'ausstellungsdatum');
  if (issued !== undefined && tokenAt(element, 'passart/code') === EID_CARD) {
    findings.error(
      'S999',
      issued,
      'an eID card has no day of issue; leave the element out',
      'Bei einer eID-Karte wird kein Ausstellungsdatum übermittelt; bitte löschen.',
    );
  }
  const documents = [...childrenOf(element, 'ausweisdokument'), ...childrenOf(element, 'AUSWEISDOKUMENT')];
  const [, second] = documents.filter((document) => tokenAt(document, 'passart/code') === IDENTITY_CARD);
  if (second === undefined) return;
  findings.error(
    'S999',
    second,
    'there is more than one Personalausweis of a person; only the one in force is sent',
    'Je Person wird höchstens ein Personalausweis übermittelt; bitte nur den gültigen angeben.',
  );
};

/** Answers to searches of other authorities, which hold nothing on eID cards (§ 34a BMG). */
const ANSWERS_TO_AUTHORITIES: ReadonlySet<string> = new Set(['1331', '1333']);

function checkEidCard(element: MessageElement, type: string, findings: MessageContext['findings']): void {
  if (!ANSWERS_TO_AUTHORITIES.has(type) || tokenAt(element, 'passart/code') !== EID_CARD) return;
  findings.error(
    'S999',
    element,
    'data on an eID card are not sent in answers under § 34a BMG',
    'Daten zur eID-Karte werden bei Datenabrufen nach § 34a BMG nicht übermittelt; bitte löschen.',
  );
}
