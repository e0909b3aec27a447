import { decodeHex, encodeHex, writeTlv } from '@buergerkoffer/formats';
import { decodeCommand, type CommandApdu } from '../apdu/command-apdu.js';
import type { ResponseApdu } from '../apdu/response-apdu.js';
import { encodeOid } from '../card-access/object-identifier.js';
import type { SecurityInfo } from '../card-access/security-info.js';
import { writeCardAccess } from '../card-access/write-card-access.js';

/** A card as a terminal sees it. */
export interface SimulatedCard {
  readonly atr: Uint8Array;
  /** Power on: the master file is selected, nothing else. */
  reset(): void;
  /** The answer to any bytes; never throws. */
  answer(command: Uint8Array): ResponseApdu;
}

/** How a simulated identity card is made. */
export interface SimulatedIdCardOptions {
  /** What EF.CardAccess says. Default {@link SPECIMEN_SECURITY_INFOS}. */
  readonly securityInfos?: readonly SecurityInfo[];
}

/** What the specimen says it can do, like a German card: chip authentication keys 41 and 42, privileged key 45. */
export const SPECIMEN_SECURITY_INFOS: readonly SecurityInfo[] = [
  { type: 'pace', mapping: 'ECDH-GM', cipher: 'AES-128', version: 2, parameterId: 13 },
  { type: 'terminal-authentication', version: 2 },
  ...chipAuthentication(3, 42),
  ...chipAuthentication(2, 41),
  { type: 'privileged-terminal', infos: chipAuthentication(2, 45) },
  pseudonymousSignature(42),
  { type: 'card-info', url: 'http://bsi.bund.de/cif/npa.xml' },
];

function chipAuthentication(version: number, keyId: number): readonly SecurityInfo[] {
  return [
    { type: 'chip-authentication', agreement: 'ECDH', cipher: 'AES-128', version, keyId },
    { type: 'chip-authentication-parameters', agreement: 'ECDH', parameterId: 13, keyId },
  ];
}

/** A PSAInfo (pseudonymous signatures, TR-03110 part 3): cards list it, this release keeps it unread. */
function pseudonymousSignature(keyId: number): SecurityInfo {
  const oid = '0.4.0.127.0.7.2.2.11.1.2.3';
  const integers = (...values: readonly number[]): readonly Uint8Array[] =>
    values.map((value) => writeTlv(0x02, new Uint8Array([value])));
  const required = writeTlv(0x30, integers(1, 0, 1));
  const der = writeTlv(0x30, [writeTlv(0x06, encodeOid(oid)), required, ...integers(keyId)]);
  return { type: 'unknown', oid, der };
}

/** Answer to reset that PC/SC part 3 gives a contactless card without historical bytes. */
const ATR = decodeHex('3b80800101');
const EID_APPLICATION = 'e80704007f00070302';
const NOTHING = new Uint8Array();

type File = { readonly sfi: number; readonly content: Uint8Array | 'protected' };
type Folder = Readonly<Record<string, File>>;

/**
 * A specimen of an identity card as it lies before any authentication: it lets itself be selected, tells EF.CardAccess and EF.DIR, and
 * refuses EF.CardSecurity and all data groups. It holds no personal data and knows no PACE: no terminal gets further than this.
 */
export function simulatedIdCard(options: SimulatedIdCardOptions = {}): SimulatedCard {
  const masterFile: Folder = {
    '011c': { sfi: 0x1c, content: writeCardAccess(options.securityInfos ?? SPECIMEN_SECURITY_INFOS) },
    '011d': { sfi: 0x1d, content: 'protected' },
    '011b': { sfi: 0x1b, content: 'protected' },
    '2f00': { sfi: 0x1e, content: writeTlv(0x61, writeTlv(0x4f, decodeHex(EID_APPLICATION))) },
  };
  return new PlainCard(masterFile, eidApplication());
}

function eidApplication(): Folder {
  const groups = Array.from({ length: 22 }, (_, index) => index + 1);
  return Object.fromEntries(
    groups.map((group) => [`01${group.toString(16).padStart(2, '0')}`, { sfi: group, content: 'protected' }]),
  );
}

class PlainCard implements SimulatedCard {
  readonly atr = ATR;
  readonly #masterFile: Folder;
  readonly #eid: Folder;
  #folder: Folder;
  #file: File | undefined;

  constructor(masterFile: Folder, eid: Folder) {
    this.#masterFile = masterFile;
    this.#eid = eid;
    this.#folder = masterFile;
  }

  reset(): void {
    this.#enter(this.#masterFile);
  }

  answer(bytes: Uint8Array): ResponseApdu {
    let command: CommandApdu;
    try {
      command = decodeCommand(bytes);
    } catch {
      return refused(0x6700);
    }
    if (command.ins !== 0xa4 && command.ins !== 0xb0) return refused(0x6d00);
    if ((command.cla & 0x0c) !== 0) return refused(0x6882);
    if (command.cla !== 0x00) return refused(0x6e00);
    return command.ins === 0xa4 ? this.#select(command) : this.#readBinary(command);
  }

  #select({ p1, p2, data = NOTHING }: CommandApdu): ResponseApdu {
    if (p2 !== 0x0c) return refused(0x6a86);
    const name = encodeHex(data);
    switch (p1) {
      case 0x00:
        if (name !== '' && name !== '3f00') return refused(0x6a82);
        return this.#enter(this.#masterFile);
      case 0x02: {
        const file = Object.hasOwn(this.#folder, name) ? this.#folder[name] : undefined;
        if (file === undefined) return refused(0x6a82);
        this.#file = file;
        return done();
      }
      case 0x04:
        return name === EID_APPLICATION ? this.#enter(this.#eid) : refused(0x6a82);
      default:
        return refused(0x6a86);
    }
  }

  #enter(folder: Folder): ResponseApdu {
    this.#folder = folder;
    this.#file = undefined;
    return done();
  }

  #readBinary({ p1, p2, data, le }: CommandApdu): ResponseApdu {
    if (data !== undefined || le === undefined) return refused(0x6700);
    const bySfi = (p1 & 0x80) !== 0;
    if (bySfi && (p1 & 0x60) !== 0) return refused(0x6a86);
    const file = bySfi ? Object.values(this.#folder).find(({ sfi }) => sfi === (p1 & 0x1f)) : this.#file;
    if (file === undefined) return refused(bySfi ? 0x6a82 : 0x6986);
    if (file.content === 'protected') return refused(0x6982);
    this.#file = file;
    const offset = bySfi ? p2 : p1 * 256 + p2;
    if (offset >= file.content.length) return refused(0x6b00);
    const piece = file.content.slice(offset, offset + le);
    const asMuchAsThereIs = le === 256 || le === 65_536;
    return { data: piece, sw: piece.length < le && !asMuchAsThereIs ? 0x6282 : 0x9000 };
  }
}

function done(): ResponseApdu {
  return { data: NOTHING, sw: 0x9000 };
}

function refused(sw: number): ResponseApdu {
  return { data: NOTHING, sw };
}
