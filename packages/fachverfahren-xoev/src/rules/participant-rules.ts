import { hasCode } from '../codelists/code-list.js';
import type { MessageElement } from '../message/tree.js';
import type { Participant } from '../xmeld/participants.js';
import { checkAuthorOf, checkReaderOf, isOf, wordsFor } from '../xmeld/participants.js';
import { AGS_LIST } from './listed-elements.js';
import type { MessageContext } from './message-context.js';
import { elementAt, tokenAt, tokenOf } from './walk.js';

/** 1706 is sent by the portal, as its text says, although the note on author and reader says the opposite: both pass. */
const EITHER_WAY: ReadonlyMap<string, readonly [Participant, Participant]> = new Map([
  ['1706', ['mbp', 'ags']],
]);

/** Author and reader are those that the message type allows, by their identifiers in the DVDV. */
export function checkParticipants(context: MessageContext): void {
  const { head, type, findings } = context;
  if (head === undefined) return;
  const author = elementAt(head, 'autor/kennung') ?? elementAt(head, 'absender/behoerdenkennung');
  const reader = elementAt(head, 'leser/kennung') ?? elementAt(head, 'empfaenger/behoerdenkennung');
  const either = EITHER_WAY.get(type);
  if (either !== undefined) checkEitherWay(either, author, reader, findings);
  if (author !== undefined && tokenOf(author) !== '') {
    checkAuthorOf(type, tokenOf(author), '', findings.sink(author));
  }
  if (reader !== undefined && tokenOf(reader) !== '') {
    checkReaderOf(type, tokenOf(reader), '', findings.sink(reader));
  }
  for (const party of ['leser', 'autor']) checkDirectory(elementAt(head, party), findings);
  for (const kennung of [author, reader]) checkMunicipality(context, kennung);
}

/** A Meldebehörde is named by the AGS of a municipality; those of test messages are of none. */
function checkMunicipality(
  { options, isTest, day, findings }: MessageContext,
  kennung?: MessageElement,
): void {
  const ags = kennung && /^ags:(\d{8})$/.exec(tokenOf(kennung))?.[1];
  const list = options.lists?.on(AGS_LIST, day) ?? options.lists?.versions(AGS_LIST)[0];
  if (kennung === undefined || ags === undefined || list === undefined || isTest || hasCode(list, ags))
    return;
  findings.warning(
    'S999',
    kennung,
    `the identifier names no municipality of the list ${list.shortName}, version ${list.version}`,
    'Zu dieser Kennung gibt es keine Gemeinde im Verzeichnis; bitte prüfen.',
  );
}

function checkEitherWay(
  [one, other]: readonly [Participant, Participant],
  author: MessageElement | undefined,
  reader: MessageElement | undefined,
  findings: MessageContext['findings'],
): void {
  if (author === undefined || reader === undefined) return;
  const [from, to] = [tokenOf(author), tokenOf(reader)];
  if ((isOf(from, one) && isOf(to, other)) || (isOf(from, other) && isOf(to, one))) return;
  findings.error(
    'T080',
    reader,
    `the message goes between ${wordsFor(one)[0]} and ${wordsFor(other)[0]}`,
    `Die Nachricht geht zwischen folgenden Stellen: ${wordsFor(one)[1]} und ${wordsFor(other)[1]}.`,
  );
}

/** The directory in which parties are found is the DVDV. */
function checkDirectory(party: MessageElement | undefined, findings: MessageContext['findings']): void {
  const code = party && elementAt(party, 'verzeichnisdienst/code');
  if (party === undefined || code === undefined || tokenAt(party, 'verzeichnisdienst/code') === 'DVDV')
    return;
  findings.error(
    'S011',
    code,
    'authorities are named by their entry in the directory DVDV',
    'Behörden werden mit ihrem Eintrag im DVDV angegeben; hier gehört „DVDV“ hin.',
  );
}
