import { InputError } from '@buergerkoffer/formats';
import { DEVICE_ERROR_CODES } from '../device-error.js';
import { BUS_KINDS } from '../port.js';
import { readPort } from '../remote-bus/port-fields.js';
import { Fields } from '../wire/fields.js';
import { bytesText, readBytesText, type TrafficBytes } from './traffic-bytes.js';
import type {
  Outcome,
  Traffic,
  TrafficCall,
  TrafficHead,
  TrafficInput,
  TrafficLine,
} from './traffic-line.js';

/** The most lines that a file may have. */
const MAX_LINES = 1_000_000;
/** The longest line, in characters: a transfer of 16 MiB. */
const MAX_LINE = 34 * 1024 * 1024;

const MASKINGS = ['none', 'personal', 'all'] as const;
const RESULTS = ['ok', 'stall', 'failed'] as const satisfies readonly Outcome['result'][];
const FAILURES = [...DEVICE_ERROR_CODES, 'aborted', 'other'] as const;
const OPERATIONS = [
  'controlTransferIn',
  'controlTransferOut',
  'transferIn',
  'transferOut',
  'clearHalt',
  'sendReport',
  'sendFeatureReport',
  'receiveFeatureReport',
  'write',
  'connect',
  'transmit',
  'control',
  'request',
  'input',
  'inputReport',
  'card',
  'ended',
] as const satisfies readonly TrafficLine['op'][];

/** The head of a recording as the first line of its file, without the line feed. */
export function headText(head: TrafficHead): string {
  return JSON.stringify(head);
}

/** One line of a recording as a line of its file, without the line feed. */
export function lineText(line: TrafficLine): string {
  return JSON.stringify({
    ...line,
    ...('sent' in line ? { sent: bytesText(line.sent) } : {}),
    ...('received' in line ? { received: bytesText(line.received) } : {}),
  });
}

/**
 * A recording from the text of its file: JSON, one object per line. A last line that was being written when the
 * recording ended is left out. Everything else that is wrong is an `InputError` whose path names the line.
 */
export function readTraffic(text: string): Traffic {
  const lines = text.split('\n');
  // What follows the last line feed was not written to its end.
  lines.pop();
  if (lines.length > MAX_LINES) throw tooLarge('lines');
  const [first, ...rest] = lines;
  return {
    head: readHead(fieldsOf(first ?? '', 1)),
    lines: rest.map((line, index) => readLine(fieldsOf(line, index + 2), `line ${index + 2}`)),
  };
}

function fieldsOf(line: string, number: number): Fields {
  const path = `line ${number}`;
  if (line.length > MAX_LINE) throw tooLarge(path);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError('malformed', 'a line that is not JSON', { path });
  }
  return new Fields(value, path);
}

function readHead(fields: Fields): TrafficHead {
  if (fields.any('traffic') !== 1) {
    throw new InputError('unsupported', 'not a recording of version 1', { path: 'line 1' });
  }
  const port = fields.fields('port');
  const bus = port.oneOf('bus', BUS_KINDS);
  return {
    traffic: 1,
    port: readPort(bus, port),
    ...(fields.has('endpoints') ? { endpoints: fields.objects('endpoints').map(readEndpoint) } : {}),
    startedAt: fields.text('startedAt'),
    masking: fields.oneOf('masking', MASKINGS),
  };
}

function readEndpoint(fields: Fields) {
  return {
    direction: fields.oneOf('direction', ['in', 'out']),
    number: fields.count('number'),
    type: fields.oneOf('type', ['bulk', 'interrupt']),
    packetSize: fields.count('packetSize'),
  };
}

function readLine(fields: Fields, path: string): TrafficLine {
  const op = fields.oneOf('op', OPERATIONS);
  switch (op) {
    case 'ended':
      return { op, at: time(fields, 'at', path), reason: fields.oneOf('reason', ['closed', 'lost']) };
    case 'input':
    case 'inputReport':
    case 'card':
      return { ...readInput(op, fields, path), at: time(fields, 'at', path) };
    default:
      return {
        ...readCall(op, fields, path),
        at: time(fields, 'at', path),
        took: time(fields, 'took', path),
        begun: fields.count('begun'),
        ...readOutcome(fields, path),
        ...(fields.has('status') ? { status: fields.count('status') } : {}),
        ...(fields.has('contentType') ? { contentType: fields.text('contentType') } : {}),
      };
  }
}

function readInput(op: TrafficInput['op'], fields: Fields, path: string): TrafficInput {
  const received = bytes(fields, 'received', path);
  return op === 'inputReport' ? { op, reportId: fields.count('reportId'), received } : { op, received };
}

function readCall(op: TrafficCall['op'], fields: Fields, path: string): TrafficCall {
  switch (op) {
    case 'controlTransferIn':
      return { op, setup: readSetup(fields.fields('setup')), length: fields.count('length') };
    case 'controlTransferOut':
      return { op, setup: readSetup(fields.fields('setup')), sent: bytes(fields, 'sent', path) };
    case 'transferIn':
      return { op, endpoint: fields.count('endpoint'), length: fields.count('length') };
    case 'transferOut':
      return { op, endpoint: fields.count('endpoint'), sent: bytes(fields, 'sent', path) };
    case 'clearHalt':
      return { op, direction: fields.oneOf('direction', ['in', 'out']), endpoint: fields.count('endpoint') };
    case 'sendReport':
    case 'sendFeatureReport':
      return { op, reportId: fields.count('reportId'), sent: bytes(fields, 'sent', path) };
    case 'receiveFeatureReport':
      return { op, reportId: fields.count('reportId') };
    case 'write':
    case 'transmit':
      return { op, sent: bytes(fields, 'sent', path) };
    case 'connect':
      return { op, mode: fields.oneOf('mode', ['exclusive', 'shared']) };
    case 'control':
      return { op, controlCode: fields.count('controlCode'), sent: bytes(fields, 'sent', path) };
    case 'request':
      return {
        op,
        method: fields.text('method'),
        path: fields.text('path'),
        sent: bytes(fields, 'sent', path),
      };
    default:
      return op satisfies never;
  }
}

function readOutcome(fields: Fields, path: string): Outcome {
  const result = fields.oneOf('result', RESULTS);
  switch (result) {
    case 'ok':
      return { result, ...(fields.has('received') ? { received: bytes(fields, 'received', path) } : {}) };
    case 'stall':
      return { result };
    case 'failed':
      return { result, code: fields.oneOf('code', FAILURES) };
    default:
      return result satisfies never;
  }
}

function readSetup(fields: Fields) {
  return {
    requestType: fields.oneOf('requestType', ['standard', 'class', 'vendor']),
    recipient: fields.oneOf('recipient', ['device', 'interface', 'endpoint', 'other']),
    request: fields.count('request'),
    value: fields.count('value'),
    index: fields.count('index'),
  };
}

function bytes(fields: Fields, field: string, path: string): TrafficBytes {
  return readBytesText(fields.longText(field, MAX_LINE), `${path}.${field}`);
}

/** Milliseconds since the port was opened. */
function time(fields: Fields, field: string, path: string): number {
  const value = fields.any(field);
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new InputError('malformed', `${field} is not a time in milliseconds`, { path: `${path}.${field}` });
}

function tooLarge(path: string): InputError {
  return new InputError('too-large', 'the recording is larger than any that is written', { path });
}
