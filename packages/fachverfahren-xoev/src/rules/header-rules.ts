import { berlinDate } from '@buergerkoffer/formats';
import type { MessageElement } from '../message/tree.js';
import { attributeOf } from '../message/tree.js';
import { checkInstant } from '../xmeld/frame-rules.js';
import { EMPTY_TEXT } from '../xmeld/text-rules.js';
import { isMessageInstant, isMessageUuid } from '../xmeld/values.js';
import type { ElementRule, MessageContext } from './message-context.js';
import { KNOWN_VERSIONS } from './served-version.js';
import { elementAt, tokenAt, tokenOf } from './walk.js';

/** How far the clock of an author may be ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Elements that are a point in time with milliseconds and zone. */
const INSTANTS: ReadonlySet<string> = new Set(['erstellungszeitpunkt', 'ereignis.zeitpunkt']);

/** The root, its attributes and the Nachrichtenkopf: type, version, UUID, times, test messages. */
export function checkHeader(context: MessageContext): void {
  const { root, head, findings } = context;
  if (context.type === '') {
    findings.error(
      'X001',
      root,
      'the name of the root element does not end in a message type of four digits',
      'Das Dokument ist keine Nachricht: Der Name des Wurzelelements endet nicht auf einen Nachrichtentyp.',
    );
    return;
  }
  checkVersion(context);
  checkAttributes(context);
  if (head === undefined) {
    findings.error('X001', root, 'the message has no Nachrichtenkopf', 'Der Nachrichtenkopf fehlt.');
    return;
  }
  checkType(context, head);
  checkUuid(context, head);
  checkCreated(context, head);
}

/** For real the day of sending counts, else the day on which the message was made. */
function checkVersion({ root, findings, options, production, isTest, day, now }: MessageContext): void {
  // The frame for private persons and bodies has no such attribute.
  const standard = attributeOf(root, 'standard');
  const version = attributeOf(root, 'version');
  const served = (options.served ?? KNOWN_VERSIONS).find(
    (each) =>
      each.namespace === root.namespace &&
      each.standard === (standard ?? each.standard) &&
      each.version === version,
  );
  const on = production ? berlinDate(now) : day;
  if (served === undefined) {
    findings.error(
      'V000',
      root,
      'namespace, standard and version of the root are not those of a version that is served',
      'Diese Version des Standards wird nicht verarbeitet; die Nachricht ist in der gültigen Version neu zu erzeugen.',
    );
  } else if (served.validBefore !== undefined && on >= served.validBefore) {
    findings[production ? 'error' : 'warning'](
      'V000',
      root,
      `the version is out of force since ${served.validBefore}; build the message anew in the one in force, with a new UUID`,
      'Diese Version des Standards gilt nicht mehr; die Nachricht ist in der gültigen Version neu zu erzeugen.',
    );
  } else if (served.validFrom !== undefined && on < served.validFrom && !isTest) {
    findings.warning(
      'V000',
      root,
      `the version is in force from ${served.validFrom} on only`,
      'Diese Version des Standards gilt an diesem Tag noch nicht.',
    );
  }
}

function checkAttributes({ root, findings, production, isTest }: MessageContext): void {
  for (const name of ['produkt', 'produkthersteller']) {
    if (attributeOf(root, name)?.trim() === '')
      findings.error('S030', root, `${name}: ${EMPTY_TEXT[0]}`, `${name}: ${EMPTY_TEXT[1]}`);
  }
  if (production && isTest) {
    findings.error(
      'S999',
      root,
      'the attribute test is there: such a message is not processed in production; leave it out',
      'Das ist eine Testnachricht (Attribut „test“); sie darf nicht in den Echtbetrieb.',
    );
  }
}

function checkType({ findings, type }: MessageContext, head: MessageElement): void {
  const written =
    elementAt(head, 'identifikation.nachricht/nachrichtentyp/code') ??
    elementAt(head, 'identifikation.nachricht/nachrichtennummer/code');
  if (written === undefined || tokenOf(written) === type) return;
  findings.error(
    'S999',
    written,
    `the message type is not that of the root element, ${type}`,
    `Der Nachrichtentyp stimmt nicht mit der Nachricht überein; hier gehört ${type} hin.`,
  );
}

function checkUuid({ root, findings, options }: MessageContext, head: MessageElement): void {
  const element = elementAt(head, 'identifikation.nachricht/nachrichtenUUID');
  const uuid = element && tokenOf(element).toLowerCase();
  if (element === undefined || uuid === undefined || uuid === '') return;
  if (!isMessageUuid(uuid)) {
    findings.error(
      'X001',
      element,
      'not a UUID of 32 hexadecimal digits in groups of 8-4-4-4-12',
      'Die Kennung der Nachricht ist keine UUID; bitte eine neue erzeugen.',
    );
    return;
  }
  const referenced = ['ursprungsnachricht/nachrichtenUUID', 'rueckweisung/idNachricht/nachrichtenUUID'];
  const refersToItself = referenced.some((path) => tokenAt(root, path)?.toLowerCase() === uuid);
  if (refersToItself || options.isKnownUuid?.(uuid) === true) {
    findings.error(
      'S100',
      element,
      'the UUID is that of another message; only a resend of the same bytes keeps its UUID',
      'Diese Kennung hatte schon eine andere Nachricht; jede Nachricht, auch eine berichtigte, bekommt eine neue.',
    );
  }
}

function checkCreated({ findings, now }: MessageContext, head: MessageElement): void {
  const element = elementAt(head, 'identifikation.nachricht/erstellungszeitpunkt');
  if (element === undefined || !isMessageInstant(tokenOf(element))) return;
  if (Date.parse(tokenOf(element)) <= now + CLOCK_SKEW_MS) return;
  findings.warning(
    'S999',
    element,
    'the message says that it was made in the future; check the clock of the computer',
    'Die Nachricht ist in die Zukunft datiert; bitte die Uhr des Rechners prüfen.',
  );
}

/** A point in time has milliseconds and zone, wherever it stands. */
export const checkInstants: ElementRule = ({ findings }, element, above) => {
  if (!INSTANTS.has(element.local) || element.children.length > 0) return;
  // A rejection repeats the identity of a message that may have been faulty.
  if (above.at(-1)?.local === 'idNachricht') return;
  const instant = tokenOf(element);
  if (instant !== '') checkInstant(instant, '', findings.sink(element));
};
