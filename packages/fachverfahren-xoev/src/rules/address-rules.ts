import type { MessageElement } from '../message/tree.js';
import { childOf, childrenOf } from '../message/tree.js';
import { checkAddress, checkForeignAddress, checkLines } from '../xmeld/address-rules.js';
import type { InlandAddressFields } from '../xmeld/address-rules.js';
import type { ElementRule, MessageContext } from './message-context.js';
import { SEARCHES } from './message-types.js';
import { tokenAt, tokenOf } from './walk.js';

/** First line of an address block that names a recipient (XInneres ZeileAufschrift). */
const FIRST_LINE = 4;
/** The line on which an addition to a recipient is printed (XMeld, type.bzr.empfaenger.behoerde). */
const ADDITION_LINE = 6;

const GERMANY = '000';

/** Addresses in Germany, addresses abroad, and states where Germany is said by leaving the element out. */
export const checkAddresses: ElementRule = (context, element) => {
  if (isInlandAddress(element)) checkInland(context, element);
  const state = childOf(element, 'staat');
  if (state !== undefined) checkAbroad(context, element, state);
  checkLineNumbers(context, element);
  if (/^sterbeortstaat$/i.test(element.local) && tokenAt(element, 'code') === GERMANY) {
    context.findings.error(
      'S999',
      element,
      'a death in Germany is said by leaving sterbeortStaat out',
      'Bei einem Sterbeort in Deutschland bleibt der Staat weg; bitte löschen.',
    );
  }
};

/** What has a place and a street or postal code is an address of XInneres, wherever it stands. */
function isInlandAddress(element: MessageElement): boolean {
  const has = (local: string): boolean =>
    element.children.some((child) => child.local === local && child.children.length === 0);
  return has('postleitzahl') || (has('strasse') && (has('wohnort') || has('hausnummer')));
}

/** The check of the postal code is left out where a search may hold a part of it. */
function checkInland({ findings, type }: MessageContext, element: MessageElement): void {
  const field = (name: keyof InlandAddressFields): string | undefined => {
    const text = childOf(element, name)?.text;
    return text === undefined || text.trim() === '' ? undefined : text;
  };
  checkAddress(
    {
      hausnummer: field('hausnummer'),
      hausnummerBuchstabeZusatzziffer: field('hausnummerBuchstabeZusatzziffer'),
      postleitzahl: SEARCHES.has(type) && element.local !== 'gebaeude' ? undefined : field('postleitzahl'),
      stockwerkswohnungsnummer: field('stockwerkswohnungsnummer'),
      strasse: field('strasse'),
      wohnort: field('wohnort'),
      wohnortFruehererGemeindename: field('wohnortFruehererGemeindename'),
      wohnungsinhaber: field('wohnungsinhaber'),
      zusatzangaben: field('zusatzangaben'),
    },
    '',
    findings.sink(element),
  );
}

/** The state of an address abroad; its lines are looked at where they stand. */
function checkAbroad({ findings }: MessageContext, element: MessageElement, state: MessageElement): void {
  if (!element.local.includes('ausland') || element.local === 'verwendung.ausland') return;
  const code = tokenAt(state, 'code');
  // A code of another form has its finding with the codes.
  if (code === undefined || !/^[0-9]{3}$/.test(code)) return;
  checkForeignAddress({ staat: code }, '', findings.sink(element));
}

function checkLineNumbers({ findings }: MessageContext, element: MessageElement): void {
  for (const name of ['zeile.anschrift', 'zeile.empfaenger'] as const) {
    const lines = childrenOf(element, name);
    checkLineCount(findings, element, lines);
    for (const [index, line] of lines.entries()) checkLine(findings, line, FIRST_LINE + index);
  }
  for (const line of childrenOf(element, 'zeile.zusatz')) {
    if (element.local === 'behoerdenkennzeichen') checkLine(findings, line, ADDITION_LINE);
  }
}

/** An address abroad as XInneres has it takes two to five lines; its elements are in no namespace. */
function checkLineCount(
  findings: MessageContext['findings'],
  block: MessageElement,
  lines: readonly MessageElement[],
): void {
  const [first] = lines;
  if (first?.local !== 'zeile.anschrift' || first.namespace !== '') return;
  if (lines.length >= 2 && lines.length <= 5) return;
  findings.error(
    'X001',
    block,
    'an address abroad has two to five lines',
    'Eine Auslandsanschrift hat zwei bis fünf Zeilen.',
  );
}

function checkLine(findings: MessageContext['findings'], line: MessageElement, expected: number): void {
  const number = childOf(line, 'zeilennummer');
  if (number !== undefined && tokenOf(number) !== '' && Number(tokenOf(number)) !== expected) {
    findings.error(
      'S999',
      number,
      `the lines of the block are numbered from ${FIRST_LINE} on without gaps; here stands ${expected}`,
      `Die Anschriftenzeilen sind lückenlos ab ${FIRST_LINE} zu nummerieren; hier gehört ${expected} hin.`,
    );
  }
  const content = childOf(line, 'inhalt');
  if (content !== undefined) checkLines([content.text], '', findings.sink(content));
}
