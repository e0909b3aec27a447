import { InputError, isTestIdNr, parseAzrNumber, parseIdNr, parseSerialNumber } from '@buergerkoffer/formats';
import { checkDoktorgrad } from '../xmeld/text-rules.js';
import type { ElementRule, MessageContext } from './message-context.js';
import { FREE_SEARCH } from './message-types.js';
import { tokenOf } from './walk.js';

type NumberCheck = (text: string) => unknown;

/** An Identifikationsnummer in a message is 11 digits, without the spaces that people type. */
const idNr: NumberCheck = (text) => {
  if (!/^\d{11}$/.test(text)) throw new InputError('malformed', 'an Identifikationsnummer has 11 digits');
  parseIdNr(text);
};

interface NumberRule {
  readonly check: NumberCheck;
  /** Rückweisung code of a wrong shape: X001 where the schema has a pattern. */
  readonly shapeCode: 'X001' | 'S999';
  readonly german: string;
}

const IDNR: NumberRule = {
  check: idNr,
  shapeCode: 'X001',
  german:
    'Die Identifikationsnummer stimmt nicht (11 Ziffern mit Prüfziffer); bitte mit dem Bescheid vergleichen.',
};
const SERIAL: NumberRule = {
  check: (text) => parseSerialNumber(text),
  shapeCode: 'S999',
  german: 'Die Seriennummer des Ausweises stimmt nicht; bitte mit dem Ausweis vergleichen.',
};
const AZR: NumberRule = {
  check: (text) => parseAzrNumber(text),
  shapeCode: 'X001',
  german: 'Die AZR-Nummer stimmt nicht: Sie hat 12 Ziffern und beginnt mit einem Datum (JJMMTT).',
};

/** Numbers whose shape or check digit tells a mistake, by the local name of their element. */
const NUMBERS: ReadonlyMap<string, NumberRule> = new Map([
  ...['idNr', 'idNr.auswerter', 'idNr.rueckmelder', 'idNr.nachher', 'idnr', 'idnummer'].map(
    (name) => [name, IDNR] as const,
  ),
  ['seriennummer', SERIAL],
  ['azrNummer', AZR],
  ['azrNummer.neu', AZR],
]);
const DOCTORAL_DEGREES = new Set(['doktorgrad', 'doktorgrad.auswerter', 'doktorgrad.rueckmelder']);

/** Numbers of persons and documents, and doctoral degrees, are what they can be. */
export const checkNumbers: ElementRule = (context, element) => {
  if (element.children.length > 0) return;
  const { findings, type } = context;
  const text = tokenOf(element);
  if (text === '') return;
  if (DOCTORAL_DEGREES.has(element.local) && type !== FREE_SEARCH)
    checkDoktorgrad(element.text, '', findings.sink(element));
  const rule = NUMBERS.get(element.local);
  if (rule === undefined) return;
  try {
    rule.check(text);
    if (rule === IDNR && isTestIdNr(text)) warnOfTestNumber(context, element);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const code = error.code === 'checksum' ? 'S999' : rule.shapeCode;
    findings.error(code, element, error.message, rule.german);
  }
};

/** No person has an Identifikationsnummer that begins with 0: it is of the range for tests. */
function warnOfTestNumber({ isTest, findings }: MessageContext, element: Parameters<ElementRule>[1]): void {
  if (isTest) return;
  findings.warning(
    'S999',
    element,
    'the Identifikationsnummer begins with 0: it is of the range for tests, no person has it',
    'Diese Identifikationsnummer beginnt mit 0 und ist nur für Tests vorgesehen; bitte prüfen.',
  );
}
