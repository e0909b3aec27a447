import { tap } from 'rxjs';
import type { BusKind } from '../port.js';
import type {
  ByteTransport,
  CardConnection,
  CardTransport,
  HidTransport,
  HttpTransport,
  TransportOf,
  UsbInResult,
  UsbOutResult,
  UsbTransport,
} from '../transport.js';
import type { RawOutcome, TrafficRecorder } from './traffic-recorder.js';

type Record = {
  readonly [K in BusKind]: (transport: TransportOf[K], recorder: TrafficRecorder) => TransportOf[K];
};

const RECORD: Record = {
  usb: recordedUsb,
  hid: recordedHid,
  serial: recordedBytes,
  tcp: recordedBytes,
  pcsc: recordedReader,
  http: recordedHttp,
};

/** `transport`, with all that goes over it told to `recorder`: a driver cannot tell the difference. */
export function recorded<K extends BusKind>(
  bus: K,
  transport: TransportOf[K],
  recorder: TrafficRecorder,
): TransportOf[K] {
  void transport.ended.then((end) => {
    recorder.ended(end);
  });
  return RECORD[bus](transport, recorder);
}

const NOTHING = new Uint8Array(0);
const done = (): RawOutcome => ({ result: 'ok' });
const bytesOf = (received: Uint8Array): RawOutcome => ({ result: 'ok', received });
const inOf = (answer: UsbInResult): RawOutcome =>
  answer.status === 'stall' ? { result: 'stall' } : bytesOf(answer.data);
const outOf = (answer: UsbOutResult): RawOutcome =>
  answer.status === 'stall' ? { result: 'stall' } : { result: 'ok' };

function recordedUsb(usb: UsbTransport, recorder: TrafficRecorder): UsbTransport {
  return {
    interfaceNumber: usb.interfaceNumber,
    endpoints: usb.endpoints,
    ended: usb.ended,
    close: () => usb.close(),
    controlTransferIn: (setup, length, options) =>
      recorder.call(
        { op: 'controlTransferIn', setup, length },
        () => usb.controlTransferIn(setup, length, options),
        inOf,
      ),
    controlTransferOut: (setup, data = NOTHING, options) =>
      recorder.call(
        { op: 'controlTransferOut', setup, sent: data },
        () => usb.controlTransferOut(setup, data, options),
        outOf,
      ),
    transferIn: (endpoint, length, options) =>
      recorder.call(
        { op: 'transferIn', endpoint, length },
        () => usb.transferIn(endpoint, length, options),
        inOf,
      ),
    transferOut: (endpoint, data, options) =>
      recorder.call(
        { op: 'transferOut', endpoint, sent: data },
        () => usb.transferOut(endpoint, data, options),
        outOf,
      ),
    clearHalt: (direction, endpoint, options) =>
      recorder.call(
        { op: 'clearHalt', direction, endpoint },
        () => usb.clearHalt(direction, endpoint, options),
        done,
      ),
  } satisfies Required<UsbTransport>;
}

function recordedHid(hid: HidTransport, recorder: TrafficRecorder): HidTransport {
  return {
    inputReports: hid.inputReports.pipe(
      tap(({ reportId, data }) => {
        recorder.input('inputReport', data, reportId);
      }),
    ),
    ended: hid.ended,
    close: () => hid.close(),
    sendReport: (reportId, data, options) =>
      recorder.call(
        { op: 'sendReport', reportId, sent: data },
        () => hid.sendReport(reportId, data, options),
        done,
      ),
    sendFeatureReport: (reportId, data, options) =>
      recorder.call(
        { op: 'sendFeatureReport', reportId, sent: data },
        () => hid.sendFeatureReport(reportId, data, options),
        done,
      ),
    receiveFeatureReport: (reportId, options) =>
      recorder.call(
        { op: 'receiveFeatureReport', reportId },
        () => hid.receiveFeatureReport(reportId, options),
        bytesOf,
      ),
  } satisfies Required<HidTransport>;
}

function recordedBytes(line: ByteTransport, recorder: TrafficRecorder): ByteTransport {
  return {
    input: line.input.pipe(
      tap((bytes) => {
        recorder.input('input', bytes);
      }),
    ),
    ended: line.ended,
    close: () => line.close(),
    write: (bytes, options) =>
      recorder.call({ op: 'write', sent: bytes }, () => line.write(bytes, options), done),
  } satisfies Required<ByteTransport>;
}

function recordedReader(reader: CardTransport, recorder: TrafficRecorder): CardTransport {
  return {
    card: reader.card.pipe(
      tap((card) => {
        recorder.input('card', card.state === 'present' ? card.atr : NOTHING);
      }),
    ),
    ended: reader.ended,
    close: () => reader.close(),
    connect: async (mode, options) => {
      const card = await recorder.call(
        { op: 'connect', mode },
        () => reader.connect(mode, options),
        ({ atr }) => bytesOf(atr),
      );
      return recordedCard(card, recorder);
    },
    control: (controlCode, data, options) =>
      recorder.call(
        { op: 'control', controlCode, sent: data },
        () => reader.control(controlCode, data, options),
        bytesOf,
      ),
  } satisfies Required<CardTransport>;
}

function recordedCard(card: CardConnection, recorder: TrafficRecorder): CardConnection {
  return {
    atr: card.atr,
    ended: card.ended,
    close: () => card.close(),
    transmit: (command, options) =>
      recorder.call({ op: 'transmit', sent: command }, () => card.transmit(command, options), bytesOf),
  } satisfies Required<CardConnection>;
}

/** A body is written down in pieces, as it is read; a query may be about a person and is left out. */
function recordedHttp(http: HttpTransport, recorder: TrafficRecorder): HttpTransport {
  return {
    ended: http.ended,
    close: () => http.close(),
    request: async (request, options) => {
      const answer = await recorder.call(
        {
          op: 'request',
          method: request.method,
          path: request.path.replace(/\?.*$/s, ''),
          sent: request.body ?? NOTHING,
        },
        () => http.request(request, options),
        ({ status, headers }) => {
          const contentType = headers['content-type'];
          return { result: 'ok', status, ...(contentType === undefined ? {} : { contentType }) };
        },
      );
      return { ...answer, body: recordedBody(answer.body, recorder) };
    },
  } satisfies Required<HttpTransport>;
}

async function* recordedBody(
  body: AsyncIterable<Uint8Array>,
  recorder: TrafficRecorder,
): AsyncIterable<Uint8Array> {
  for await (const piece of body) {
    recorder.input('input', piece);
    yield piece;
  }
}
