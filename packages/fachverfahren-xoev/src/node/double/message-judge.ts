import { randomUUID } from 'node:crypto';
import { decodeBase64, InputError } from '@buergerkoffer/formats';
import type { SealedMessage, SubmissionAnswer } from '../../index.js';
import type { MessageHeader, WrittenReason } from '../../xmeld/index.js';
import {
  BFJ,
  isMessageInstant,
  readMessageHeader,
  writeRueckweisung,
  XMELD_NAMESPACE,
  XMELD_VERSION,
} from '../../xmeld/index.js';
import type { NewFile } from '../durable.js';

/** What comes of one message: the answer to the sender and the files for the exhibit. */
export interface JudgedMessage {
  readonly answer: SubmissionAnswer;
  readonly files: readonly NewFile[];
}

/** What judging needs besides the message. */
export interface MessageContext {
  readonly at: string;
  /** Rejects every message, as the fault `reject` asks. */
  readonly rejectAll: boolean;
  /** UUIDs of messages that were processed before. */
  readonly seen: ReadonlySet<string>;
}

/** Acknowledges a message or rejects it with a 0010, by the rules that its header shows. */
export function judgeMessage(message: SealedMessage, context: MessageContext): JudgedMessage {
  const uuid = message.uuid.toLowerCase();
  const bytes = decodeBase64(message.base64);
  const reading = readHeader(bytes);
  const header = 'header' in reading ? reading.header : undefined;
  const reason = context.rejectAll
    ? { code: 'S999' as const, description: 'Zu Testzwecken abgewiesen.' }
    : 'reason' in reading
      ? reading.reason
      : faultOf(reading.header, message, context.seen);
  const original: NewFile = { path: `messages/${message.type}-${uuid}.xml`, bytes };
  const common = { answerId: randomUUID(), at: context.at, messageUuid: uuid };
  if (reason === undefined) return { answer: { kind: 'acknowledgement', ...common }, files: [original] };
  const xml = rejection(reason, header, message.base64, context.at);
  return {
    answer: { kind: 'rejection', ...common, messageType: '0010', xml: xml.toString('base64') },
    files: [original, { path: `messages/0010-${uuid}.xml`, bytes: xml }],
  };
}

function readHeader(
  bytes: Uint8Array,
): { readonly header: MessageHeader } | { readonly reason: WrittenReason } {
  try {
    return { header: readMessageHeader(bytes) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (error.code === 'unsupported') return { reason: { code: 'S001' } };
    // A path without an offset tells of an element that is missing in well-formed XML.
    return { reason: { code: error.offset === undefined && error.path !== undefined ? 'X001' : 'X000' } };
  }
}

function faultOf(
  header: MessageHeader,
  message: SealedMessage,
  seen: ReadonlySet<string>,
): WrittenReason | undefined {
  if (header.root.uri !== XMELD_NAMESPACE || header.version !== XMELD_VERSION) return { code: 'V000' };
  if (!header.root.local.endsWith(`.${header.type}`) || header.type !== message.type) {
    return { code: 'S999', description: 'Nachrichtentyp und Wurzelelement passen nicht zusammen.' };
  }
  if (header.uuid !== message.uuid.toLowerCase()) {
    return { code: 'S999', description: 'Die Nachricht trägt eine andere UUID als angekündigt.' };
  }
  if (seen.has(header.uuid)) return { code: 'S100' };
  if (header.type === '0430' && header.reader !== BFJ.kennung) return { code: 'T080' };
  if (!isMessageInstant(header.created)) {
    return { code: 'S999', description: 'Der Erstellungszeitpunkt braucht Millisekunden und Zeitzone.' };
  }
  return undefined;
}

/** The rejection names the rejected message and its author, or neither when they could not stand in a valid message. */
function rejection(
  reason: WrittenReason,
  header: MessageHeader | undefined,
  originalBase64: string,
  at: string,
): Buffer {
  try {
    return writtenRejection(reason, header, originalBase64, at);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return writtenRejection(reason, undefined, originalBase64, at);
  }
}

/** Address and contact of the double are invented. */
function writtenRejection(
  reason: WrittenReason,
  header: MessageHeader | undefined,
  originalBase64: string,
  at: string,
): Buffer {
  const xml = writeRueckweisung({
    frame: {
      uuid: randomUUID(),
      erstellungszeitpunkt: at,
      test: 'Test-Double, keine echte Rückweisung',
      produkt: { name: 'fachverfahren-double', hersteller: 'Bürgerkoffer SDK' },
      autor: {
        kennung: BFJ.kennung,
        name: 'Test-Double des Bundesamts für Justiz',
        erreichbarkeit: [{ kanal: '01', kennung: 'double@example.org' }],
        anschrift: {
          art: 'gebaeude',
          postleitzahl: '00000',
          strasse: 'Teststraße',
          hausnummer: '1',
          wohnort: 'Teststadt',
        },
      },
    },
    reader: { kennung: header?.author ?? 'ags:00000000', name: 'Meldebehörde' },
    reasons: [reason],
    ...(header === undefined
      ? {}
      : { rejected: { uuid: header.uuid, type: header.type, created: header.created } }),
    originalBase64,
  });
  return Buffer.from(xml);
}
