import type { BusKind } from '../port.js';
import type {
  ByteTransport,
  CardConnection,
  CardTransport,
  HidTransport,
  HttpTransport,
  TransportOf,
  UsbTransport,
} from '../transport.js';
import type { TransportMeter } from './meter.js';

type Measure = {
  readonly [K in BusKind]: (transport: TransportOf[K], meter: TransportMeter) => TransportOf[K];
};

const MEASURE: Measure = {
  usb: measuredUsb,
  hid: measuredHid,
  serial: measuredBytes,
  tcp: measuredBytes,
  pcsc: measuredReader,
  http: measuredHttp,
};

/**
 * `transport`, with its operations counted by `meter`: a driver cannot tell the difference. Reads that wait for
 * something to happen are counted and not timed; streams are passed on as they are. (`Required`, below: whoever adds
 * an optional member to a transport must pass it on here.)
 */
export function measured<K extends BusKind>(
  bus: K,
  transport: TransportOf[K],
  meter: TransportMeter,
): TransportOf[K] {
  return MEASURE[bus](transport, meter);
}

function measuredUsb(usb: UsbTransport, meter: TransportMeter): UsbTransport {
  return {
    interfaceNumber: usb.interfaceNumber,
    endpoints: usb.endpoints,
    ended: usb.ended,
    close: () => usb.close(),
    controlTransferIn: (setup, length, options) =>
      meter.answered(
        'controlTransferIn',
        () => usb.controlTransferIn(setup, length, options),
        options?.signal,
      ),
    controlTransferOut: (setup, data, options) =>
      meter.answered(
        'controlTransferOut',
        () => usb.controlTransferOut(setup, data, options),
        options?.signal,
      ),
    transferIn: (endpoint, length, options) =>
      meter.awaited('transferIn', () => usb.transferIn(endpoint, length, options), options?.signal),
    transferOut: (endpoint, data, options) =>
      meter.answered('transferOut', () => usb.transferOut(endpoint, data, options), options?.signal),
    clearHalt: (direction, endpoint, options) =>
      meter.answered('clearHalt', () => usb.clearHalt(direction, endpoint, options), options?.signal),
  } satisfies Required<UsbTransport>;
}

function measuredHid(hid: HidTransport, meter: TransportMeter): HidTransport {
  return {
    inputReports: hid.inputReports,
    ended: hid.ended,
    close: () => hid.close(),
    sendReport: (reportId, data, options) =>
      meter.answered('sendReport', () => hid.sendReport(reportId, data, options), options?.signal),
    sendFeatureReport: (reportId, data, options) =>
      meter.answered(
        'sendFeatureReport',
        () => hid.sendFeatureReport(reportId, data, options),
        options?.signal,
      ),
    receiveFeatureReport: (reportId, options) =>
      meter.answered(
        'receiveFeatureReport',
        () => hid.receiveFeatureReport(reportId, options),
        options?.signal,
      ),
  } satisfies Required<HidTransport>;
}

function measuredBytes(line: ByteTransport, meter: TransportMeter): ByteTransport {
  return {
    input: line.input,
    ended: line.ended,
    close: () => line.close(),
    write: (bytes, options) => meter.answered('write', () => line.write(bytes, options), options?.signal),
  } satisfies Required<ByteTransport>;
}

function measuredReader(reader: CardTransport, meter: TransportMeter): CardTransport {
  return {
    card: reader.card,
    ended: reader.ended,
    close: () => reader.close(),
    connect: (mode, options) =>
      meter.answered(
        'connect',
        async () => measuredCard(await reader.connect(mode, options), meter),
        options?.signal,
      ),
    control: (code, data, options) =>
      meter.answered('control', () => reader.control(code, data, options), options?.signal),
  } satisfies Required<CardTransport>;
}

function measuredCard(card: CardConnection, meter: TransportMeter): CardConnection {
  return {
    atr: card.atr,
    ended: card.ended,
    close: () => card.close(),
    transmit: (command, options) =>
      meter.answered('transmit', () => card.transmit(command, options), options?.signal),
  } satisfies Required<CardConnection>;
}

function measuredHttp(http: HttpTransport, meter: TransportMeter): HttpTransport {
  return {
    ended: http.ended,
    close: () => http.close(),
    request: (request, options) =>
      meter.answered('request', () => http.request(request, options), options?.signal),
  } satisfies Required<HttpTransport>;
}
