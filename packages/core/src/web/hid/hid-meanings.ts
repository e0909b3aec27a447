import { BUSY, INVALID, LOST, PROTOCOL, type Meanings } from '../web-failure.js';

/** Opening. Chromium answers NotAllowedError where the specification (WebHID, 7.1) has NetworkError. */
export const OPENING: Meanings = {
  InvalidStateError: BUSY,
  NotAllowedError: { code: 'access-denied' },
  NetworkError: { code: 'access-denied' },
  SecurityError: { code: 'access-denied' },
  NotFoundError: { code: 'not-found' },
};

/** Reports to and from an open device. Chromium answers NotAllowedError also where the device does not take one. */
export const REPORTING: Meanings = {
  NetworkError: PROTOCOL,
  NotAllowedError: {
    code: 'protocol',
    remedy:
      'the device refused the report, or the browser keeps it to itself (keyboards, mice, FIDO); ' +
      'plug the device in again and repeat',
  },
  // Nobody but the transport closes it: the browser found it gone.
  InvalidStateError: LOST,
  AbortError: LOST,
  TypeError: INVALID,
  NotSupportedError: INVALID,
};
