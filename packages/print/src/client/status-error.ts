import { DeviceError, type DeviceErrorCode } from '@buergerkoffer/core';
import { statusName, type IppMessage, type StatusName } from '../ipp/index.js';
import { LOGIN_REMEDY } from './http-answer.js';

interface Meaning {
  readonly code: DeviceErrorCode;
  readonly remedy?: string;
}

const RIGHTS: Meaning = {
  code: 'access-denied',
  remedy: 'allow this computer to print in the settings of the printer or the print server',
};
const WHO: Meaning = { code: 'access-denied', remedy: LOGIN_REMEDY };
const REFUSED: Meaning = {
  code: 'unsupported',
  remedy: 'print with values that the printer has; `koffer printer status` lists them',
};
const DOCUMENT: Meaning = {
  code: 'unsupported',
  remedy: 'the printer cannot read this document: check it, or send it in another format',
};
const LATER: Meaning = { code: 'busy', remedy: 'wait until the printer has ended what it does, then repeat' };

/** What the statuses of RFC 8011, appendix B, mean for whoever prints; any other is `protocol`. */
const MEANINGS: Readonly<Partial<Record<string, Meaning>>> = {
  'client-error-forbidden': RIGHTS,
  'client-error-not-authenticated': WHO,
  'client-error-not-authorized': RIGHTS,
  'client-error-not-possible': { code: 'invalid-request' },
  'client-error-not-found': {
    code: 'not-found',
    remedy: 'check the path of the printer in its address, such as /ipp/print',
  },
  'client-error-gone': { code: 'not-found', remedy: 'check the address of the printer' },
  'client-error-request-entity-too-large': { code: 'invalid-request', remedy: 'print a smaller document' },
  'client-error-request-value-too-long': { code: 'invalid-request' },
  'client-error-document-format-not-supported': DOCUMENT,
  'client-error-attributes-or-values-not-supported': REFUSED,
  'client-error-conflicting-attributes': REFUSED,
  'client-error-compression-not-supported': REFUSED,
  'client-error-document-format-error': DOCUMENT,
  'client-error-document-access-error': DOCUMENT,
  'server-error-operation-not-supported': { code: 'unsupported' },
  'server-error-version-not-supported': { code: 'unsupported' },
  'server-error-service-unavailable': LATER,
  'server-error-temporary-error': LATER,
  'server-error-not-accepting-jobs': {
    code: 'attention',
    remedy: 'the printer or its queue takes no jobs: release it at its display or in the print server',
  },
  'server-error-busy': LATER,
  'server-error-device-error': {
    code: 'attention',
    remedy: 'look at the display of the printer, mend what it names, then repeat',
  },
  'server-error-printer-is-deactivated': {
    code: 'attention',
    remedy: 'switch the printer on again at its display or in the print server',
  } satisfies Meaning,
} satisfies Partial<Record<StatusName, Meaning>>;

/**
 * What an answer that is no success says, with its status and the attributes that it refuses. The printer's own text is left out:
 * it is in any language, and may repeat what it was sent.
 */
export function statusError(what: string, answer: IppMessage): DeviceError {
  const status = statusName(answer.code);
  const refused = answer.groups
    .filter(({ group }) => group === 'unsupported')
    .flatMap(({ attributes }) => attributes.map(({ name }) => name.slice(0, 60)))
    .slice(0, 10);
  const because = refused.length === 0 ? '' : `: ${refused.join(', ')}`;
  const { code, remedy } = MEANINGS[status] ?? { code: 'protocol' };
  return new DeviceError(code, `the printer refuses ${what} (${status}${because})`, {
    ...(remedy === undefined ? {} : { remedy }),
  });
}
