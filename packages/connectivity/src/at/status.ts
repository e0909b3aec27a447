import { ACCESS_TECHNOLOGIES, type AccessTechnology } from './registration.js';
import { answerFields, numberAt, optionalNumberAt } from './answer-fields.js';

/** What `AT+CPIN?` says of the SIM; `other-lock` is a lock of the device or the network. */
export type SimState = 'ready' | 'pin' | 'puk' | 'other-lock' | 'absent' | 'failed';

/** Texts of `+CPIN:` (3GPP TS 27.007, 8.3). */
const CPIN_TEXTS: Readonly<Record<string, SimState>> = {
  READY: 'ready',
  'SIM PIN': 'pin',
  'SIM PUK': 'puk',
};

/** Codes of `+CME ERROR:` that speak of the SIM (3GPP TS 27.007, 9.2.1). */
const SIM_ERRORS: Readonly<Record<number, SimState>> = {
  10: 'absent',
  11: 'pin',
  12: 'puk',
  13: 'failed',
};

/** Reads the answer of `AT+CPIN?`: `+CPIN: <text>`, or `+CME ERROR: <n>` where the SIM cannot be asked. */
export function parseSimState(line: string): SimState {
  if (line.startsWith('+CME ERROR:')) {
    const code = numberAt(answerFields(line, '+CME ERROR'), 0, 'error', 0, 999);
    return SIM_ERRORS[code] ?? 'failed';
  }
  const text = answerFields(line, '+CPIN')[0]?.text ?? '';
  return Object.hasOwn(CPIN_TEXTS, text) ? (CPIN_TEXTS[text] ?? 'other-lock') : 'other-lock';
}

/** The operator and technology that `AT+COPS?` names. */
export interface OperatorReading {
  readonly operator?: string;
  readonly technology: AccessTechnology | 'unknown';
}

/** Reads `+COPS: <mode>[,<format>,"<oper>"[,<AcT>]]` (3GPP TS 27.007, 7.3); the mode alone means not registered. */
export function parseOperator(line: string): OperatorReading {
  const fields = answerFields(line, '+COPS');
  numberAt(fields, 0, 'mode', 0, 4);
  const operator = fields[2]?.text.slice(0, 64);
  const technology = optionalNumberAt(fields, 3, 'AcT', 0, 255);
  return {
    ...(operator === undefined || operator === '' ? {} : { operator }),
    technology: technology === undefined ? 'unknown' : (ACCESS_TECHNOLOGIES[technology] ?? 'unknown'),
  };
}

/** Reads `+CGATT: <0|1>` (3GPP TS 27.007, 10.1.9): whether packets can flow. */
export function parseAttached(line: string): boolean {
  return numberAt(answerFields(line, '+CGATT'), 0, 'state', 0, 1) === 1;
}
