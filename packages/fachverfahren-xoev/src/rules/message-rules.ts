import { isLocalDate } from '@buergerkoffer/formats';
import type { MessageElement } from '../message/tree.js';
import { childOf, childrenOf } from '../message/tree.js';
import type { MessageContext, MessageRule } from './message-context.js';
import { checkPersonSearch, checkRegisterQuestion, checkToBeRegistered } from './search-rules.js';
import { elementAt, tokenAt, tokenOf } from './walk.js';

const GERMAN = '000';

/** What the text of a message type asks beyond its grammar (OSCI-XMeld 25.11a), by type. */
const RULES: ReadonlyMap<string, MessageRule> = new Map<string, MessageRule>([
  [
    '0067',
    (context) => {
      checkNationalities(context, 'staatsangehoerigkeit.neu', 'staatsangehoerigkeit.alt');
    },
  ],
  [
    '0068',
    (context) => {
      checkNationalities(context, 'staatsangehoerigkeit.alt', 'staatsangehoerigkeit.neu');
    },
  ],
  ['0065', checkDeletedDocument],
  ['0300', checkToBeRegistered],
  ['0301', checkMeldescheinAnswer],
  ['0600', checkRegisterQuestion],
  ['0602', checkRegisterQuestion],
  ['0930', checkMovedWithin],
  ['1330', checkPersonSearch],
  ['1700', checkCompetence],
  ['1701', checkCertificate],
  ['1704', checkMovingOut],
  ['1705', checkDeadline],
  ['1708', checkCompetence],
  ['1711', checkCompetence],
]);

/** The rules of single message types. */
export function checkMessageType(context: MessageContext): void {
  RULES.get(context.type)?.(context);
}

/** Who becomes German was not before and is then (0067), or the other way round (0068). */
function checkNationalities({ root, findings }: MessageContext, isGerman: string, isNot: string): void {
  const isCode = (element: MessageElement): boolean => tokenAt(element, 'code') === GERMAN;
  const wrong = childrenOf(root, isNot).find(isCode);
  if (wrong !== undefined) {
    findings.error(
      'S999',
      wrong,
      `${isNot} must not hold 000 (German)`,
      'Die deutsche Staatsangehörigkeit (000) darf hier nicht stehen.',
    );
  }
  const named = childrenOf(root, isGerman);
  const [first] = named;
  if (first !== undefined && !named.some(isCode)) {
    findings.error(
      'S999',
      first,
      `${isGerman} must hold 000 (German)`,
      'Hier muss die deutsche Staatsangehörigkeit (000) enthalten sein.',
    );
  }
}

/** Data of a person come with the status "identified" only. */
function checkMeldescheinAnswer({ root, findings }: MessageContext): void {
  for (const person of childrenOf(root, 'zuziehende.person')) {
    if (tokenAt(person, 'antwortstatus/code') === '01') continue;
    for (const name of ['personendaten', 'vertreter', 'partner.und.kinder']) {
      const data = childOf(person, name);
      if (data === undefined) continue;
      findings.error(
        'S999',
        data,
        `${name} is sent only with the status 01 (identified)`,
        'Daten zur Person werden nur übermittelt, wenn sie eindeutig gefunden wurde (Status 01).',
      );
    }
  }
}

/** Who moved within Germany (reason 4) did so on a day. */
function checkMovedWithin({ root, findings }: MessageContext): void {
  if (tokenAt(root, 'grund/code') !== '4' || childOf(root, 'auszugsdatum') !== undefined) return;
  findings.error(
    'S999',
    elementAt(root, 'grund') ?? root,
    'with reason 4 (moved within Germany) auszugsdatum is mandatory',
    'Bei einem Umzug im Inland ist das Auszugsdatum anzugeben.',
  );
}

/** The data of a person go to the authority of the person's dwelling; that of a secondary one is rare. */
function checkCompetence({ root, head, findings }: MessageContext): void {
  const ags = elementAt(root, 'identifikation/anschrift/gemeindeschluessel/code');
  const reader = head && tokenAt(head, 'leser/kennung');
  if (ags === undefined || reader === undefined || reader === `ags:${tokenOf(ags)}`) return;
  findings.warning(
    'S999',
    ags,
    'the municipality is not that of the reader, which is right only for a secondary dwelling',
    'Die Gemeinde ist nicht die des Empfängers; das ist nur bei einer Nebenwohnung richtig.',
  );
}

/** The result 01 comes with the certificate. */
function checkCertificate({ root, findings }: MessageContext): void {
  const answer = elementAt(root, 'antwortAbrufanfrage/auskunft') ?? elementAt(root, 'antwort/auskunft');
  if (answer === undefined || tokenAt(answer, 'ergebnisstatus/code') !== '01') return;
  if (childOf(answer, 'meldebescheinigung') !== undefined) return;
  findings.error(
    'S999',
    answer,
    'with the result 01 the element meldebescheinigung is mandatory',
    'Zum Ergebnis 01 gehört die Meldebescheinigung; sie fehlt.',
  );
}

/** The day of moving out is said only where it is not that of moving in. */
function checkMovingOut({ root, findings }: MessageContext): void {
  const out = elementAt(root, 'ergaenzendeMeldedaten/datumDesAuszugs');
  const moved = elementAt(root, 'ergaenzendeMeldedaten/wohnung');
  const day = moved && (tokenAt(moved, 'datumDesBeziehens/datum') ?? tokenAt(moved, 'datumDesBeziehens'));
  if (out === undefined || day === undefined || tokenOf(out) !== day) return;
  findings.warning(
    'S999',
    out,
    'datumDesAuszugs is sent only where it differs from the day of moving in',
    'Das Auszugsdatum wird nur angegeben, wenn es vom Einzugsdatum abweicht.',
  );
}

/** The deletion of a document that is out of date anyway is not sent. */
function checkDeletedDocument({ root, findings, day }: MessageContext): void {
  const until = elementAt(root, 'ausweisdokument/gueltigkeitsdauer');
  if (until === undefined || !isLocalDate(tokenOf(until)) || tokenOf(until) >= day) return;
  findings.warning(
    'S999',
    until,
    'the deletion of a document that has expired is not sent',
    'Die Löschung eines schon abgelaufenen Dokuments wird nicht übermittelt.',
  );
}

/** The time for the confirmation code ends in the future. */
function checkDeadline({ root, findings, day }: MessageContext): void {
  const deadline = childOf(root, 'fristende');
  if (deadline === undefined || !isLocalDate(tokenOf(deadline)) || tokenOf(deadline) >= day) return;
  findings.error(
    'S999',
    deadline,
    'the time for the confirmation code has run out when the message is made',
    'Die Frist für den Bestätigungscode ist schon abgelaufen.',
  );
}
