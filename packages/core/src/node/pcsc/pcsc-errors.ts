import { DeviceError, type DeviceErrorCode } from '../../device-error.js';

interface Meaning {
  readonly code: DeviceErrorCode;
  readonly says: string;
  readonly remedy?: string;
}

const NO_SERVICE: Meaning = {
  code: 'lost',
  says: 'the PC/SC service does not answer',
  remedy: 'systemctl restart pcscd',
};

/** What the codes of `pcsc-mini`, which are the return codes of PC/SC, mean. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  SharingViolation: {
    code: 'busy',
    says: 'another program uses the card',
    remedy: 'close the other program; `fuser /run/pcscd/pcscd.comm` names those that use readers',
  },
  NoSmartCard: { code: 'attention', says: 'there is no card in the reader', remedy: 'put the card in' },
  UnpoweredCard: {
    code: 'attention',
    says: 'the card has no power',
    remedy: 'take the card out and put it in again',
  },
  UnresponsiveCard: {
    code: 'protocol',
    says: 'the card does not answer to reset',
    remedy: 'turn the card over; lay it flat on a contactless reader; try another card',
  },
  UnsupportedCard: { code: 'unsupported', says: 'the reader does not understand this card' },
  CardUnsupported: { code: 'unsupported', says: 'the reader does not understand this card' },
  ProtoMismatch: { code: 'unsupported', says: 'the card speaks none of the protocols that were asked for' },
  RemovedCard: { code: 'lost', says: 'the card was taken out' },
  ResetCard: {
    code: 'protocol',
    says: 'another program reset the card',
    remedy: 'connect to the card again',
  },
  UnknownReader: { code: 'lost', says: 'the reader has gone' },
  ReaderUnavailable: { code: 'lost', says: 'the reader has gone' },
  NoReadersAvailable: { code: 'lost', says: 'the reader has gone' },
  NoService: NO_SERVICE,
  ServiceStopped: NO_SERVICE,
  CommError: { code: 'protocol', says: 'the reader and the service do not understand each other' },
  Timeout: { code: 'timeout', says: 'the card did not answer in time' },
  UnsupportedFeature: { code: 'unsupported', says: 'the reader cannot do that' },
  UnsupportedOperation: { code: 'unsupported', says: 'the reader cannot do that' },
  NotTransacted: { code: 'protocol', says: 'the exchange with the card broke off' },
  InvalidHandle: { code: 'lost', says: 'the connection to the card has ended' },
};

/** `error` of the library as a `DeviceError` about `reader`; what it says itself may hold no more than its code. */
export function pcscError(error: unknown, reader: string): DeviceError {
  if (error instanceof DeviceError) return error;
  const code = pcscCode(error);
  const { code: meant, says, remedy } = MEANINGS[code] ?? { code: 'protocol', says: `PC/SC says ${code}` };
  return new DeviceError(meant, `${reader}: ${says}`, {
    cause: error,
    ...(remedy === undefined ? {} : { remedy }),
  });
}

/** The return code that `error` stands for, `unknown` where it tells none. */
export function pcscCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
