import { decodeBase64, InputError } from '@buergerkoffer/formats';
import type { MessageElement } from '../message/tree.js';
import { childOf, childrenOf } from '../message/tree.js';
import { readMessageHeader } from '../xmeld/message-header.js';
import { isMessageUuid } from '../xmeld/values.js';
import type { MessageContext } from './message-context.js';
import { elementAt, tokenAt } from './walk.js';

/** The rules of a Rückweisung 0010: a reason of its own where it says "other", and the identity of what it rejects. */
export function checkRejection({ root, type, findings }: MessageContext): void {
  const rejection = childOf(root, 'rueckweisung');
  if (type !== '0010' || rejection === undefined) return;
  const reasons = [
    ...childrenOf(rejection, 'rueckweisungsgrund'),
    ...childrenOf(rejection, 'nichtVerarbeitbarerEinzelfall').flatMap((each) => childrenOf(each, 'grund')),
  ];
  for (const reason of reasons) checkReason(reason, findings);
  const original = childOf(rejection, 'nachricht');
  if (original !== undefined) checkOriginal(original, childOf(rejection, 'idNachricht'), reasons, findings);
}

function checkReason(reason: MessageElement, findings: MessageContext['findings']): void {
  if (tokenAt(reason, 'grund/code') !== 'S999') return;
  const isExplained = childrenOf(reason, 'grundSpezifisch').some(({ children }) => children.length > 0);
  if (isExplained) return;
  findings.error(
    'S999',
    reason,
    'S999 stands for another reason: grundSpezifisch says which, with code or description',
    'Bei „sonstiger Fehler“ (S999) ist der Grund zu beschreiben (grundSpezifisch).',
  );
}

function checkOriginal(
  original: MessageElement,
  identity: MessageElement | undefined,
  reasons: readonly MessageElement[],
  findings: MessageContext['findings'],
): void {
  const header = headerOf(original, findings);
  if (header === undefined) return;
  const wasReadable = !reasons.some((reason) => /^(?:X|T02|S001)/.test(tokenAt(reason, 'grund/code') ?? ''));
  if (identity === undefined) {
    if (wasReadable) {
      findings.error(
        'S999',
        original,
        'the rejected message has a readable header: idNachricht names it',
        'Die abgewiesene Nachricht ist lesbar; ihre Kennung (idNachricht) ist anzugeben.',
      );
    }
    return;
  }
  const uuid = elementAt(identity, 'nachrichtenUUID');
  const written = tokenAt(identity, 'nachrichtenUUID')?.toLowerCase();
  if (uuid === undefined || written === undefined || !isMessageUuid(written) || written === header.uuid)
    return;
  findings.error(
    'S999',
    uuid,
    'the UUID is not that of the rejected message',
    'Die Kennung ist nicht die der abgewiesenen Nachricht.',
  );
}

/** The header of the embedded message, `undefined` when it is no message that could be read. */
function headerOf(
  original: MessageElement,
  findings: MessageContext['findings'],
): ReturnType<typeof readMessageHeader> | undefined {
  let bytes: Uint8Array;
  try {
    bytes = decodeBase64(original.text.replace(/\s+/g, ''));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    findings.error(
      'X001',
      original,
      'the rejected message is not in base64',
      'Die abgewiesene Nachricht ist nicht in Base64 enthalten.',
    );
    return undefined;
  }
  try {
    return readMessageHeader(bytes);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
