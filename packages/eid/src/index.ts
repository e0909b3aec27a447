export { CARD_TERMINAL } from './card-terminal.js';
export type {
  CardChannel,
  CardState,
  CardTerminal,
  CardTerminalCapabilities,
  ConnectOptions,
  ReaderClass,
} from './card-terminal.js';
export { apduForm, decodeCommand, encodeCommand } from './apdu/command-apdu.js';
export type { ApduForm, CommandApdu } from './apdu/command-apdu.js';
export { decodeResponse, encodeResponse } from './apdu/response-apdu.js';
export type { ResponseApdu } from './apdu/response-apdu.js';
export { STATUS_WORDS, statusMeaning } from './apdu/status-words.js';
export type { StatusMeaning, StatusOutcome } from './apdu/status-words.js';
export { MASTER_FILE_SFI, readFile } from './read-file.js';
export type { ReadFileOptions } from './read-file.js';
export { readCardAccess } from './card-access/read-card-access.js';
export { writeCardAccess } from './card-access/write-card-access.js';
export { DOMAIN_PARAMETERS } from './card-access/security-info.js';
export type { Cipher, KeyAgreement, PaceMapping, SecurityInfo } from './card-access/security-info.js';
