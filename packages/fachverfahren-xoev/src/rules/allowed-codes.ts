import type { MessageElement } from '../message/tree.js';
import type { ElementRule } from './message-context.js';
import { tokenOf } from './walk.js';

/** Where a message takes only some of the codes of a list, as the text of OSCI-XMeld 25.11a says. */
interface AllowedCodes {
  readonly types: string;
  /** Where the code element is: the ends of its location path, local names in small letters. */
  readonly paths: readonly string[];
  readonly codes: string;
}

/** Blocks on information that go with data of others (§ 51 BMG). */
const BLOCKS_OF_OTHERS = '3 11';
/** Blocks and objections that a person may set herself (§§ 36, 42, 50 BMG). */
const OWN_OBJECTIONS = '2 5 7 10 13';

const ALLOWED: readonly AllowedCodes[] = [
  { types: '1705', paths: ['1705/status'], codes: '01' },
  { types: '1707', paths: ['ergebnis/ablehnung/status'], codes: '02 03' },
  { types: '1709', paths: ['antwortabrufanfrage/ergebnisstatus'], codes: '03' },
  { types: '1322', paths: ['1322/nachrichtenart'], codes: '1330 1332 0600 0602' },
  { types: '0510', paths: ['0510/grund'], codes: '01 02 03' },
  { types: '0533', paths: ['0533/grund'], codes: '04 10 11' },
  { types: '0812', paths: ['0812/beendigungsgrund'], codes: '2 3 7' },
  { types: '0068', paths: ['staatsangehoerigkeit.glaubhaftmachung/glaubhaftmachung'], codes: '5' },
  {
    types: '0201 0202 0206 0221 0301 1704 1703',
    paths: [
      'gesetzlichervertreter/auskunftssperre/grund',
      'vertreter/auskunftssperre/grund',
      'partner/auskunftssperre/grund',
    ],
    codes: BLOCKS_OF_OTHERS,
  },
  { types: '0221', paths: ['zuzugsperson/auskunftssperre/grund'], codes: BLOCKS_OF_OTHERS },
  { types: '0201 0202 0206', paths: ['zuzugsperson/auskunftssperre/grund'], codes: '1 3 11' },
  { types: '0301', paths: ['personendaten/auskunftssperre/grund'], codes: '1 3 11' },
  { types: '0201 0202 0206 0301', paths: ['kind/auskunftssperre/grund'], codes: '1 3 11' },
  { types: '1703', paths: ['personendaten/auskunftssperre/grund'], codes: BLOCKS_OF_OTHERS },
  { types: '1704', paths: ['widerspruecheuebermittlungssperren/eintragung'], codes: OWN_OBJECTIONS },
  { types: '1713 1714', paths: ['eintragung', 'loeschung'], codes: OWN_OBJECTIONS },
  { types: '1703 1712 1715', paths: ['widerspruecheuebermittlungssperren'], codes: OWN_OBJECTIONS },
];

/** Messages that answer, and the types of the messages that they may refer to as `ursprungsnachricht`. */
const ANSWERS: readonly (readonly [types: string, codes: string])[] = [
  ['0301', '0300'],
  ['1331', '1330'],
  ['1333', '1332'],
  ['1501', '1500'],
  ['1652', '1650 1653'],
  ['1701', '1700'],
  ['1703', '1702'],
  ['1705', '1704'],
  ['1707', '1704 1706'],
  ['1709 1710', '1708'],
  ['1712', '1711 1713'],
  ['1715', '1714'],
  ['0203 0204', '0201 0202 0206'],
  ['0223 0224', '0221'],
  ['0081', '0081'],
  ['0088', '0089'],
  ['0091', '0092'],
  ['0093', '0093 0094'],
  ['0095', '0096'],
  ['0097', '0098'],
  ['0099', '0100'],
  ['0103', '0104'],
  ['0105', '0106'],
  ['0197', '0085'],
  ['0513', '0501 0508 0516 0520 0522'],
  ['0519', '0518'],
  ['0536', '0535'],
];

const RULES: readonly AllowedCodes[] = [
  ...ALLOWED,
  ...ANSWERS.map(([types, codes]) => ({ types, codes, paths: ['ursprungsnachricht/nachrichtentyp'] })),
];
const BY_TYPE = new Map<string, { readonly paths: readonly string[]; readonly codes: readonly string[] }[]>();
for (const { types, paths, codes } of RULES) {
  for (const type of types.split(' ')) {
    const rules = BY_TYPE.get(type) ?? [];
    rules.push({ paths, codes: codes.split(' ') });
    BY_TYPE.set(type, rules);
  }
}

/** Codes that this message takes out of a list that has more. */
export const checkAllowedCodes: ElementRule = ({ type, findings }, element, above) => {
  if (element.local !== 'code' || element.children.length > 0) return;
  const rules = BY_TYPE.get(type);
  if (rules === undefined) return;
  const path = pathOf(above);
  const rule = rules.find(({ paths }) => paths.some((end) => path.endsWith(`/${end}`)));
  if (rule === undefined || rule.codes.includes(tokenOf(element))) return;
  findings.error(
    'S011',
    element,
    `in ${type} only these codes may stand here: ${rule.codes.join(', ')}`,
    `In dieser Nachricht sind hier nur folgende Schlüssel zulässig: ${rule.codes.join(', ')}.`,
  );
};

/** Local names in small letters; the root by its message type. */
function pathOf(above: readonly MessageElement[]): string {
  const [root, ...below] = above.map(({ local }) => local.toLowerCase());
  return ['', (root ?? '').slice(-4), ...below].join('/');
}
