import { DeviceError } from '@buergerkoffer/core';
import { encodeCommand } from './apdu/command-apdu.js';
import { statusMeaning } from './apdu/status-words.js';
import type { CardChannel } from './card-terminal.js';

/** Short file identifiers in the card's master file (TR-03110 part 3, A.1.2; ISO/IEC 7816-4). */
export const MASTER_FILE_SFI = { cardAccess: 0x1c, cardSecurity: 0x1d, directory: 0x1e } as const;

const END_OF_FILE = 0x6282;
const PAST_THE_END = 0x6b00;

/** How {@link readFile} reads. */
export interface ReadFileOptions {
  /** Bytes per READ BINARY, 1 to 256. Default 256; under secure messaging 223 fit. */
  readonly pieceBytes?: number;
  /** Largest file in bytes. Default 32 768, the reach of READ BINARY. */
  readonly maxBytes?: number;
}

/**
 * The whole transparent file `sfi` (1 to 30) of the current application, by READ BINARY until the card says that it ends. Rejects `access-denied` when the
 * card demands more rights (6982), `not-found` (6A82), `protocol` for any other refusal or a file that does not end.
 */
export async function readFile(
  channel: CardChannel,
  sfi: number,
  options: ReadFileOptions = {},
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { pieceBytes = 256, maxBytes = 32_768 } = options;
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (length < maxBytes) {
    const p1 = length === 0 ? 0x80 | sfi : length >> 8;
    const command = { cla: 0x00, ins: 0xb0, p1, p2: length & 0xff, le: pieceBytes };
    const { data, sw } = await channel.transmit(encodeCommand(command), signal);
    if (sw === PAST_THE_END && length > 0) return joined(pieces, length);
    if (sw !== 0x9000 && sw !== END_OF_FILE) throw refusal(sw);
    pieces.push(data);
    length += data.length;
    if (sw === END_OF_FILE || data.length === 0) return joined(pieces, length);
  }
  throw new DeviceError('protocol', `the file does not end within ${maxBytes} bytes`);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function refusal(sw: number): DeviceError {
  const hex = sw.toString(16).toUpperCase();
  const message = `the card answers ${hex}: ${statusMeaning(sw).meaning}`;
  const remedy = 'authenticate to the card first; a file without a right for this terminal stays closed';
  if (sw === 0x6982) return new DeviceError('access-denied', message, { remedy });
  if (sw === 0x6a82)
    return new DeviceError('not-found', message, { remedy: 'check that this is an identity card' });
  return new DeviceError('protocol', message);
}
