import type { MessageElement } from '../message/tree.js';
import { childOf } from '../message/tree.js';
import { checkEventSign } from '../xmeld/frame-rules.js';
import { isMessageInstant } from '../xmeld/values.js';
import type { MessageContext } from './message-context.js';
import { tokenAt, tokenOf, walk } from './walk.js';

/** Events have a sign of their own within the message, and were stored before it was made. */
export function checkEvents(context: MessageContext): void {
  const { root, head, findings } = context;
  const created = head && tokenAt(head, 'identifikation.nachricht/erstellungszeitpunkt');
  const signs = new Set<string>();
  walk(root, (element, above) => {
    // A rejection repeats the events of another message.
    if (element.local !== 'identifikation.ereignis' || above.some(({ local }) => local === 'rueckweisung'))
      return;
    const sign = childOf(element, 'ereignis.zeichen');
    if (sign !== undefined && sign.text.trim() !== '') {
      checkEventSign(sign.text, '', findings.sink(sign));
      if (signs.has(sign.text)) reportRepeated(findings, sign);
      signs.add(sign.text);
    }
    const stored = childOf(element, 'ereignis.zeitpunkt');
    if (stored !== undefined && created !== undefined) checkStored(findings, stored, created);
  });
}

function reportRepeated(findings: MessageContext['findings'], sign: MessageElement): void {
  findings.error(
    'S999',
    sign,
    'another event in this message has the same sign; the sign tells events apart',
    'Das Ereigniszeichen kommt in dieser Nachricht schon vor; jedes Ereignis braucht ein eigenes.',
  );
}

function checkStored(findings: MessageContext['findings'], stored: MessageElement, created: string): void {
  const instant = tokenOf(stored);
  if (!isMessageInstant(instant) || !isMessageInstant(created)) return;
  if (Date.parse(instant) <= Date.parse(created)) return;
  findings.warning(
    'S999',
    stored,
    'the event was stored after the message was made',
    'Das Ereignis liegt nach dem Erstellen der Nachricht; bitte die Uhr des Rechners prüfen.',
  );
}
