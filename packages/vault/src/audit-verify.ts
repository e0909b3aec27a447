import { canonicalJson, decodeHex, encodeHex } from '@buergerkoffer/formats';
import { auditLine, CHAIN_START, MAX_AUDIT_LINE_BYTES, signedBytes, type AuditLine } from './audit-entry.js';
import type { AuditCrypto } from './vault-crypto.js';

/** What is wrong with an audit chain. */
export type AuditFaultCode =
  | 'empty'
  | 'torn'
  | 'too-long'
  | 'malformed'
  | 'not-canonical'
  | 'broken-link'
  | 'wrong-sequence'
  | 'wrong-order'
  | 'wrong-case'
  | 'unknown-word'
  | 'wrong-key'
  | 'bad-signature'
  | 'open';

/** The first fault of a chain; `line` counts from 1, `offset` is the byte where that line begins. */
export interface AuditFault {
  readonly line: number;
  readonly offset: number;
  readonly code: AuditFaultCode;
  readonly message: string;
}

/**
 * What a verification proved.
 *
 * `origin`: the owner of the given public key signed exactly these lines and nothing is missing.
 * `integrity-only`: the lines fit each other and the key that the chain itself names; somebody without any key can change,
 * drop or add nothing unnoticed in a closed chain, except by making a whole chain anew with a key of their own.
 */
export interface AuditVerdict {
  readonly verified: boolean;
  readonly keyed: 'origin' | 'integrity-only';
  /** How many lines were read. */
  readonly entries: number;
  readonly firstFault?: AuditFault;
}

/** A line with where it lies. */
export interface PlacedLine {
  readonly line: AuditLine;
  /** The line without its newline. */
  readonly text: string;
  readonly offset: number;
  /** SHA-256 of the raw bytes with the newline, hexadecimal. */
  readonly hash: string;
}

/** A chain that may still be open, read up to its first fault. */
export interface AuditReading {
  readonly lines: readonly PlacedLine[];
  readonly fault?: AuditFault;
}

/**
 * Verifies a closed audit chain; never throws on any bytes.
 *
 * Structure is checked over the whole chain first, signatures after that: `firstFault` is the first of the first check that
 * fails. `publicKey` is the raw Ed25519 key (32 bytes) of the expected origin.
 */
export function verifyAuditChain(
  crypto: AuditCrypto,
  bytes: Uint8Array,
  options: { readonly publicKey?: Uint8Array } = {},
): AuditVerdict {
  const keyed = options.publicKey === undefined ? 'integrity-only' : 'origin';
  const reading = readAuditLines(crypto, bytes);
  const firstFault =
    reading.fault ??
    keyFault(reading, options.publicKey) ??
    openFault(reading, bytes) ??
    signatureFault(crypto, reading);
  const verdict = { verified: firstFault === undefined, keyed, entries: reading.lines.length } as const;
  return firstFault === undefined ? verdict : { ...verdict, firstFault };
}

/** Reads the lines of a chain and checks how they fit each other; signatures are left to `verifyAuditChain`. */
export function readAuditLines(crypto: AuditCrypto, bytes: Uint8Array): AuditReading {
  const lines: PlacedLine[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = bytes.indexOf(0x0a, offset);
    const next = readLine(crypto, bytes, { offset, end, lines });
    if (typeof next === 'string') {
      return { lines, fault: { line: lines.length + 1, offset, code: next, message: MESSAGE[next] } };
    }
    lines.push(next);
    offset = end + 1;
  }
  if (lines.length > 0) return { lines };
  return { lines, fault: { line: 1, offset: 0, code: 'empty', message: MESSAGE.empty } };
}

/** Whether the Ed25519 signature of a checkpoint or of the closing line fits. */
export function isSignedBy(crypto: AuditCrypto, publicKey: string, line: AuditLine): boolean {
  if (line.type !== 'checkpoint' && line.type !== 'closed') return true;
  const { sig, ...unsigned } = line;
  return crypto.verify(decodeHex(publicKey), signedBytes(canonicalJson(unsigned)), decodeHex(sig));
}

const MESSAGE: Readonly<Record<AuditFaultCode, string>> = {
  empty: 'there is no line',
  torn: 'the last line has no end',
  'too-long': `a line is longer than ${MAX_AUDIT_LINE_BYTES} bytes`,
  malformed: 'the line is not a known kind of entry',
  'not-canonical': 'the line is not in canonical form',
  'broken-link': 'the hash of the line before does not fit',
  'wrong-sequence': 'the number of the line does not follow the one before',
  'wrong-order': 'the chain begins without opening, opens twice or goes on after closing',
  'wrong-case': 'the line belongs to another case',
  'unknown-word': 'the name of the event is not among those that the chain declares',
  'wrong-key': 'the chain names another key than the given one',
  'bad-signature': 'the signature does not fit',
  open: 'the chain is not closed: it was cut or is still being written',
};

interface LineContext {
  readonly offset: number;
  readonly end: number;
  readonly lines: readonly PlacedLine[];
}

function readLine(crypto: AuditCrypto, bytes: Uint8Array, context: LineContext): PlacedLine | AuditFaultCode {
  const { offset, end, lines } = context;
  if ((end < 0 ? bytes.length : end) - offset >= MAX_AUDIT_LINE_BYTES) return 'too-long';
  if (end < 0) return 'torn';
  const text = decodeText(bytes.subarray(offset, end));
  const line = text === undefined ? undefined : parseLine(text);
  if (text === undefined || line === undefined) return 'malformed';
  if (canonicalJson(line) !== text) return 'not-canonical';
  const code = sequenceFault(line, lines);
  if (code !== undefined) return code;
  return { line, text, offset, hash: encodeHex(crypto.sha256(bytes.subarray(offset, end + 1))) };
}

function sequenceFault(line: AuditLine, lines: readonly PlacedLine[]): AuditFaultCode | undefined {
  const before = lines.at(-1);
  const first = lines[0]?.line ?? line;
  if (line.prev !== (before?.hash ?? CHAIN_START)) return 'broken-link';
  if (line.seq !== lines.length) return 'wrong-sequence';
  if ((line.type === 'opened') !== (before === undefined) || before?.line.type === 'closed')
    return 'wrong-order';
  if (line.case !== first.case) return 'wrong-case';
  if (line.type === 'event' && line.event !== undefined) {
    return first.type === 'opened' && first.words.includes(line.event) ? undefined : 'unknown-word';
  }
  return undefined;
}

function keyFault(reading: AuditReading, publicKey: Uint8Array | undefined): AuditFault | undefined {
  if (publicKey === undefined || chainKey(reading) === encodeHex(publicKey)) return undefined;
  return { line: 1, offset: 0, code: 'wrong-key', message: MESSAGE['wrong-key'] };
}

function openFault(reading: AuditReading, bytes: Uint8Array): AuditFault | undefined {
  if (reading.lines.at(-1)?.line.type === 'closed') return undefined;
  return { line: reading.lines.length + 1, offset: bytes.length, code: 'open', message: MESSAGE.open };
}

function signatureFault(crypto: AuditCrypto, reading: AuditReading): AuditFault | undefined {
  const publicKey = chainKey(reading) ?? '';
  const index = reading.lines.findIndex(({ line }) => !isSignedBy(crypto, publicKey, line));
  const bad = reading.lines[index];
  if (bad === undefined) return undefined;
  return { line: index + 1, offset: bad.offset, code: 'bad-signature', message: MESSAGE['bad-signature'] };
}

function chainKey(reading: AuditReading): string | undefined {
  const first = reading.lines[0]?.line;
  return first?.type === 'opened' ? first.publicKey : undefined;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

function parseLine(text: string): AuditLine | undefined {
  try {
    const parsed = auditLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
