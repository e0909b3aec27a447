import { DeviceError, type DeviceErrorCode } from '../../device-error.js';

/** What to do where the service does not run. */
export const START_SERVICE = 'apt-get install pcscd; systemctl enable --now pcscd.socket';

/** The service has answered with a return code other than success. */
export class PcscFailure extends Error {
  override readonly name = 'PcscFailure';
  /** Unsigned, such as 0x8010000B. */
  readonly returnCode: number;

  constructor(returnCode: number) {
    super(`PC/SC answers ${codeName(returnCode)}`);
    this.returnCode = returnCode;
  }
}

/** Throws a `PcscFailure` for every return code but success. */
export function expectSuccess({ returnCode }: { readonly returnCode: number }): void {
  if (returnCode !== 0) throw new PcscFailure(returnCode);
}

interface Meaning {
  readonly name: string;
  readonly code: DeviceErrorCode;
  readonly says: string;
  readonly remedy?: string;
}

const READER_GONE = 'the reader has gone';
const NOT_RUNNING = 'the PC/SC service does not answer';

function meaning(name: string, code: DeviceErrorCode, says: string, remedy?: string): Meaning {
  return { name, code, says, ...(remedy === undefined ? {} : { remedy }) };
}

/** Return codes of PC/SC and what they mean here (pcsclite.h; MS-RDPESC 2.2.8 has the same numbers). */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map([
  [0x80100003, meaning('SCARD_E_INVALID_HANDLE', 'lost', 'the connection to the card has ended')],
  [
    0x80100006,
    meaning('SCARD_E_NO_MEMORY', 'busy', 'the PC/SC service is at its limit', 'close other programs'),
  ],
  [0x80100009, meaning('SCARD_E_UNKNOWN_READER', 'lost', READER_GONE)],
  [0x8010000a, meaning('SCARD_E_TIMEOUT', 'timeout', 'the card did not answer in time')],
  [
    0x8010000b,
    meaning(
      'SCARD_E_SHARING_VIOLATION',
      'busy',
      'another program uses the card',
      'close the other program; `fuser /run/pcscd/pcscd.comm` names those that use readers',
    ),
  ],
  [
    0x8010000c,
    meaning('SCARD_E_NO_SMARTCARD', 'attention', 'there is no card in the reader', 'put the card in'),
  ],
  [
    0x8010000f,
    meaning('SCARD_E_PROTO_MISMATCH', 'unsupported', 'the card speaks none of the protocols T=0 and T=1'),
  ],
  [0x80100013, meaning('SCARD_F_COMM_ERROR', 'protocol', 'reader and card do not understand each other')],
  [0x80100016, meaning('SCARD_E_NOT_TRANSACTED', 'protocol', 'the exchange with the card broke off')],
  [0x80100017, meaning('SCARD_E_READER_UNAVAILABLE', 'lost', READER_GONE)],
  [
    0x8010001c,
    meaning('SCARD_E_CARD_UNSUPPORTED', 'unsupported', 'the reader does not understand this card'),
  ],
  [0x8010001d, meaning('SCARD_E_NO_SERVICE', 'lost', NOT_RUNNING, START_SERVICE)],
  [0x8010001e, meaning('SCARD_E_SERVICE_STOPPED', 'lost', NOT_RUNNING, START_SERVICE)],
  [0x8010001f, meaning('SCARD_E_UNSUPPORTED_FEATURE', 'unsupported', 'the reader cannot do that')],
  [0x80100022, meaning('SCARD_E_UNSUPPORTED_FEATURE', 'unsupported', 'the reader cannot do that')],
  [0x8010002e, meaning('SCARD_E_NO_READERS_AVAILABLE', 'lost', READER_GONE)],
  [
    0x80100065,
    meaning('SCARD_W_UNSUPPORTED_CARD', 'unsupported', 'the reader does not understand this card'),
  ],
  [
    0x80100066,
    meaning(
      'SCARD_W_UNRESPONSIVE_CARD',
      'protocol',
      'the card does not answer to reset',
      'turn the card over; lay it flat on a contactless reader; try another card',
    ),
  ],
  [
    0x80100067,
    meaning(
      'SCARD_W_UNPOWERED_CARD',
      'attention',
      'the card has no power',
      'take the card out and put it in again, the right way round',
    ),
  ],
  [
    0x80100068,
    meaning(
      'SCARD_W_RESET_CARD',
      'protocol',
      'another program reset the card',
      'connect to the card again; where that happens often, connect exclusively',
    ),
  ],
  [0x80100069, meaning('SCARD_W_REMOVED_CARD', 'lost', 'the card was taken out')],
  [
    0x8010006a,
    meaning(
      'SCARD_W_SECURITY_VIOLATION',
      'access-denied',
      'polkit does not let this program use the card',
      'allow the action org.debian.pcsc-lite.access_card for this user in /etc/polkit-1/rules.d',
    ),
  ],
]);

/** `error` of the service as a `DeviceError` about `reader`. */
export function pcscError(error: unknown, reader: string): DeviceError {
  if (!(error instanceof PcscFailure)) {
    return DeviceError.from(error, 'protocol', `${reader}: talking to the PC/SC service failed`);
  }
  const meant = MEANINGS.get(error.returnCode);
  const says = meant?.says ?? `PC/SC says ${codeName(error.returnCode)}`;
  return new DeviceError(meant?.code ?? 'protocol', `${reader}: ${says}`, {
    cause: error,
    remedy: meant?.remedy,
  });
}

function codeName(returnCode: number): string {
  return MEANINGS.get(returnCode)?.name ?? `0x${returnCode.toString(16).toUpperCase()}`;
}
