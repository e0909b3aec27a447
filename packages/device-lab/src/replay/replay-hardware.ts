import { Observable, Subject, type Subscriber } from 'rxjs';
import {
  ByteInput,
  DeviceError,
  DeviceLife,
  plainBytes,
  type BusKind,
  type CallOptions,
  type CardConnection,
  type CardPresence,
  type HidReport,
  type PlainCall,
  type Port,
  type Traffic,
  type TransportOf,
  type UsbInResult,
  type UsbOutResult,
} from '@buergerkoffer/core';
import type { VirtualHardware } from '../lab-bus.js';
import { lossOf, onAbort } from '../signals.js';
import type { ReplayProgress } from './replay-progress.js';
import { ReplayScript, type CallLine } from './replay-script.js';

/** A recording as a thing that can be plugged into a bus of this process. */
export interface ReplayHardware<K extends BusKind> extends VirtualHardware<K> {
  /** How far the connection that was opened last has come. */
  readonly progress: ReplayProgress;
}

/**
 * A thing that answers exactly as `traffic` was recorded, from the beginning at each opening: each call must be the one
 * that was recorded next, else it and all later ones fail as `protocol`. What was hidden is answered with zeros, and
 * fits anything. Throws `invalid-request` when the recording is of another bus.
 */
export function replayHardware<K extends BusKind>(bus: K, traffic: Traffic): ReplayHardware<K> {
  const { port } = traffic.head;
  if (!isOn(bus, port)) {
    throw new DeviceError('invalid-request', `the recording is of a ${port.bus} port, not of a ${bus} port`);
  }
  let script = new ReplayScript(traffic.lines);
  return {
    port,
    get progress() {
      return script.progress;
    },
    connect: (_, unplugged) => {
      script = new ReplayScript(traffic.lines);
      const life = new DeviceLife();
      onAbort(
        unplugged,
        () => {
          life.lose(lossOf(unplugged));
        },
        life.ended,
      );
      return Promise.resolve(REPLAY[bus](script, life, traffic));
    },
  };
}

function isOn<K extends BusKind>(bus: K, port: Port): port is Port<K> {
  return port.bus === bus;
}

type Replay = {
  readonly [K in BusKind]: (script: ReplayScript, life: DeviceLife, traffic: Traffic) => TransportOf[K];
};

const REPLAY: Replay = {
  usb: replayedUsb,
  hid: replayedHid,
  serial: replayedBytes,
  tcp: replayedBytes,
  pcsc: replayedReader,
  http: replayedHttp,
};

const NOTHING = new Uint8Array(0);

function replayedUsb(script: ReplayScript, life: DeviceLife, { head }: Traffic): TransportOf['usb'] {
  const { ask, lost } = asking(script, life);
  script.start({ input: () => undefined, lost });
  const inResult = (line: CallLine): UsbInResult =>
    line.result === 'stall' ? { status: 'stall' } : { status: 'ok', data: receivedOf(line) };
  const outResult = (line: CallLine, bytesWritten: number): UsbOutResult =>
    line.result === 'stall' ? { status: 'stall' } : { status: 'ok', bytesWritten };
  return {
    interfaceNumber: head.port.bus === 'usb' ? head.port.interfaceNumber : 0,
    endpoints: head.endpoints ?? [],
    ended: life.ended,
    close: () => life.close(),
    controlTransferIn: async (setup, length, options) =>
      inResult(await ask({ op: 'controlTransferIn', setup, length }, options)),
    controlTransferOut: async (setup, data = NOTHING, options) =>
      outResult(await ask({ op: 'controlTransferOut', setup, sent: data }, options), data.length),
    transferIn: async (endpoint, length, options) =>
      inResult(await ask({ op: 'transferIn', endpoint, length }, options)),
    transferOut: async (endpoint, data, options) =>
      outResult(await ask({ op: 'transferOut', endpoint, sent: data }, options), data.length),
    clearHalt: async (direction, endpoint, options) => {
      await ask({ op: 'clearHalt', direction, endpoint }, options);
    },
  };
}

function replayedHid(script: ReplayScript, life: DeviceLife): TransportOf['hid'] {
  const { ask, lost } = asking(script, life);
  const reports = new Subject<HidReport>();
  void life.ended.then((end) => {
    if (end.reason === 'lost') reports.error(end.error);
    else reports.complete();
  });
  let started = false;
  return {
    // Reports are hot, and a recording waits for nobody: it begins with the first who listens or asks.
    inputReports: new Observable((subscriber: Subscriber<HidReport>) => {
      subscriber.add(reports.subscribe(subscriber));
      start();
    }),
    ended: life.ended,
    close: () => life.close(),
    sendReport: async (reportId, data, options) => {
      start();
      await ask({ op: 'sendReport', reportId, sent: data }, options);
    },
    sendFeatureReport: async (reportId, data, options) => {
      start();
      await ask({ op: 'sendFeatureReport', reportId, sent: data }, options);
    },
    receiveFeatureReport: async (reportId, options) => {
      start();
      return receivedOf(await ask({ op: 'receiveFeatureReport', reportId }, options));
    },
  };

  function start(): void {
    if (started) return;
    started = true;
    script.start({
      input: (line) => {
        reports.next({
          reportId: 'reportId' in line ? line.reportId : 0,
          data: plainBytes(line.received),
        });
      },
      lost,
    });
  }
}

function replayedBytes(script: ReplayScript, life: DeviceLife): TransportOf['serial'] {
  const { ask, lost } = asking(script, life);
  const input = new ByteInput();
  void life.ended.then((end) => {
    input.end(end);
  });
  script.start({
    input: (line) => {
      input.push(plainBytes(line.received));
    },
    lost,
  });
  return {
    input: input.stream,
    ended: life.ended,
    close: () => life.close(),
    write: async (bytes, options) => {
      await ask({ op: 'write', sent: bytes }, options);
    },
  };
}

function replayedReader(script: ReplayScript, life: DeviceLife): TransportOf['pcsc'] {
  const { ask, lost } = asking(script, life);
  const cards = new Subject<CardPresence>();
  let card: CardPresence = { state: 'absent' };
  script.start({
    input: (line) => {
      const atr = plainBytes(line.received);
      card = atr.length === 0 ? { state: 'absent' } : { state: 'present', atr };
      cards.next(card);
    },
    lost,
  });
  void life.ended.then((end) => {
    if (end.reason === 'lost') cards.error(end.error);
    else cards.complete();
  });
  return {
    card: new Observable((subscriber) => {
      subscriber.next(card);
      subscriber.add(cards.subscribe(subscriber));
    }),
    ended: life.ended,
    close: () => life.close(),
    connect: async (mode, options) => {
      const atr = receivedOf(await ask({ op: 'connect', mode }, options));
      const own = new DeviceLife();
      void life.ended.then((end) => {
        own.lose(end.reason === 'lost' ? end.error : new DeviceError('lost', 'the reader was closed'));
      });
      return {
        atr,
        ended: own.ended,
        close: () => own.close(),
        transmit: async (command, options_) => {
          if (own.over !== undefined) throw own.over;
          return receivedOf(await ask({ op: 'transmit', sent: command }, options_));
        },
      } satisfies CardConnection;
    },
    control: async (controlCode, data, options) =>
      receivedOf(await ask({ op: 'control', controlCode, sent: data }, options)),
  };
}

function replayedHttp(script: ReplayScript, life: DeviceLife): TransportOf['http'] {
  const { ask, lost } = asking(script, life);
  script.start({ input: () => undefined, lost });
  return {
    ended: life.ended,
    close: () => life.close(),
    request: async ({ method, path, body = NOTHING }, options) => {
      const line = await ask(
        { op: 'request', method, path: path.replace(/\?.*$/s, ''), sent: body },
        options,
      );
      const pieces = script.following(line).map((piece) => plainBytes(piece.received));
      return {
        status: line.status ?? 200,
        headers: line.contentType === undefined ? {} : { 'content-type': line.contentType },
        body: inTurn(pieces),
      };
    },
  };
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  for (const piece of pieces) {
    await Promise.resolve();
    yield piece;
  }
}

/** Asking the script while the connection lives; a line that failed fails again. */
function asking(script: ReplayScript, life: DeviceLife) {
  const over = new AbortController();
  void life.ended.then(() => {
    over.abort(life.over);
  });
  const ask = async (call: PlainCall, options: CallOptions = {}): Promise<CallLine> => {
    if (life.over !== undefined) throw life.over;
    const signals = [over.signal, ...(options.signal === undefined ? [] : [options.signal])];
    const line = await script.answer(call, { ...options, signal: AbortSignal.any(signals) });
    if (line.result !== 'failed') return line;
    const code = line.code === 'aborted' || line.code === 'other' ? 'protocol' : line.code;
    throw new DeviceError(code, 'the recorded call failed');
  };
  const lost = (): void => {
    // After the answer that came before it.
    queueMicrotask(() => {
      life.lose(new DeviceError('lost', 'the device went away here in the recording'));
    });
  };
  return { ask, lost };
}

function receivedOf(line: CallLine): Uint8Array {
  return line.result === 'ok' && line.received !== undefined ? plainBytes(line.received) : NOTHING;
}
