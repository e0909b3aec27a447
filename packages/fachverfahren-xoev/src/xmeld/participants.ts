import type { FindingSink } from './finding.js';
import { isAgs } from './values.js';

/** A DVDV prefix, a whole DVDV identifier, or `any`. */
export type Participant = string;

/** Messages by who writes and who reads them, as OSCI-XMeld 25.11a says of each (DVDV prefix or identifier). */
const ENDS: readonly (readonly [author: Participant, reader: Participant, types: string])[] = [
  [
    'ags',
    'ags',
    '0001 0002 0003 0006 0014 0040 0063 0064 0065 0066 0067 0068 0069 0070 0074 0075 0081 0085 0088 0089 0090 0091 ' +
      '0092 0093 0094 0095 0096 0097 0098 0099 0100 0103 0104 0105 0106 0197 0198 0201 0202 0203 0204 0206 0221 ' +
      '0223 0224 0300 0301 1100 1101 1104 1322',
  ],
  ['any', 'ags', '0900 0928 1330 1332 1500'],
  ['ags', 'any', '0930 1331 1333 1501'],
  ['any', 'any', '0010 0905 0910'],
  ['ags', 'dbs:490040010000', '0430 0550'],
  [
    'ags',
    'dbs:490010010000',
    '0500 0502 0504 0507 0509 0510 0511 0512 0513 0515 0518 0521 0523 0524 0526 0532 0533 0535',
  ],
  ['dbs:490010010000', 'ags', '0501 0503 0508 0516 0519 0520 0522 0536'],
  ['ags', 'dbs:490060010000', '0545'],
  ['ags', 'dbs:490050010000', '0557'],
  ['ags', 'dbs:490030040000', '0855'],
  ['ags', 'dbs:490020010000', '1000 1001 1002 1003 1004 1005 1010'],
  ['dbs:490020010000', 'ags', '1009'],
  ['ags', 'dbs:490010020000', '1400 1499'],
  ['ags', 'dbs:490030020000', '1650 1653'],
  ['dbs:490030020000', 'ags', '1651 1652'],
  // Each Land has a statistical office with an identifier of its own.
  ['ags', 'dbs', '0810 0811 0812 0820'],
  ['ags', 'rel', '1600 1601 1603 1604'],
  ['rel', 'ags', '1610 1612'],
  ['mbp', 'ags', '1700 1702 1704 1708 1711 1713 1714'],
  ['ags', 'mbp', '1701 1703 1705 1707 1709 1710 1712 1715'],
];

const AUTHORS = new Map(ENDS.flatMap(([author, , types]) => types.split(' ').map((type) => [type, author])));
const READERS = new Map(ENDS.flatMap(([, reader, types]) => types.split(' ').map((type) => [type, reader])));

/** Who the parties are in words. */
const NAMES: ReadonlyMap<string, readonly [english: string, german: string]> = new Map([
  [
    'ags',
    [
      'a Meldebehörde: ags: and its eight-digit AGS',
      'eine Meldebehörde („ags:“ und ihr achtstelliger Gemeindeschlüssel)',
    ],
  ],
  ['mbp', ['a Meldebehördenportal (mbp:)', 'ein Meldebehördenportal („mbp:“)']],
  ['dbs', ['an authority with the prefix dbs:', 'eine Behörde mit dem Präfix „dbs:“']],
  ['rel', ['a Religionsgesellschaft (rel:)', 'eine Religionsgesellschaft („rel:“)']],
]);

/** Whether a DVDV identifier is of the participant. */
export function isOf(kennung: string, participant: Participant): boolean {
  if (participant === 'any')
    return /^\p{L}+:\S+$/u.test(kennung) && (!kennung.startsWith('ags:') || isOf(kennung, 'ags'));
  if (participant.includes(':')) return kennung === participant;
  if (participant === 'ags') return kennung.startsWith('ags:') && isAgs(kennung.slice('ags:'.length));
  return kennung.startsWith(`${participant}:`) && kennung.length > participant.length + 1;
}

/** The author of a message is one that may send it. */
export function checkAuthorOf(type: string, kennung: string, path: string, findings: FindingSink): void {
  const participant = AUTHORS.get(type);
  if (participant === undefined || isOf(kennung, participant)) return;
  const [english, german] = wordsFor(participant);
  findings.error(
    'S999',
    path,
    `the author of ${type} is ${english}`,
    `Absender dieser Nachricht ist ${german}.`,
  );
}

/** The reader of a message is the one that is fixed for it, or one of its kind. */
export function checkReaderOf(type: string, kennung: string, path: string, findings: FindingSink): void {
  const participant = READERS.get(type);
  if (participant === undefined || isOf(kennung, participant)) return;
  const [english, german] = wordsFor(participant);
  findings.error(
    'T080',
    path,
    `the reader of ${type} is ${english}`,
    `Empfänger dieser Nachricht ist ${german}.`,
  );
}

/** The participant in words. */
export function wordsFor(participant: Participant): readonly [english: string, german: string] {
  if (participant === 'any') {
    return [
      'named by a DVDV prefix, a colon and its organisation',
      'mit DVDV-Präfix, Doppelpunkt und Organisation anzugeben',
    ];
  }
  return NAMES.get(participant) ?? [`always ${participant}`, `immer ${participant}`];
}
