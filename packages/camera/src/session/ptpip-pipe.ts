import { DeviceError, withDeadline, type ByteTransport, type End } from '@buergerkoffer/core';
import { Observable } from 'rxjs';
import type { PtpMessage } from '../ptp/container.js';
import {
  cancelPacket,
  dataPackets,
  initCommandRequest,
  initEventRequest,
  operationRequest,
  probeResponse,
  type PtpIpPacket,
} from '../ptp/ptpip-packet.js';
import { IncomingData } from './incoming-data.js';
import { PacketStream } from './packet-stream.js';
import type { PtpPipe, PtpReply, PtpRequest, TransactOptions } from './pipe.js';

/** How the camera knows the computer that it was paired with. */
export interface PtpIpIdentity {
  /** 16 bytes, the same at every connection. */
  readonly guid: Uint8Array;
  /** What the camera shows. */
  readonly name: string;
}

/** What a pipe over PTP/IP is made of. */
export interface PtpIpOptions {
  /** The first connection; it is closed with the pipe, and where there will be none. */
  readonly command: ByteTransport;
  /** Opens the second one, for events. */
  readonly openEvents: (signal: AbortSignal) => Promise<ByteTransport>;
  readonly identity?: PtpIpIdentity;
}

/** The identity of every suitcase: cameras ask for one, and it protects nothing. */
const IDENTITY: PtpIpIdentity = {
  guid: Uint8Array.from('buergerkoffer/01', (letter) => letter.charCodeAt(0)),
  name: 'Buergerkoffer',
};
/** Both handshakes, in milliseconds: somebody may have to press OK on the camera. */
const CONNECT_MS = 30_000;
/** How long the answer to a cancel is waited for, in milliseconds: what was just done needs none. */
const CANCEL_MS = 300;
/** The largest packet without data, and with, in bytes; how much data an operation may bring says whoever asks. */
const MAX_PLAIN_BYTES = 1024;
const MAX_PACKET_BYTES = 64 * 1024 * 1024 + MAX_PLAIN_BYTES;

/**
 * The pipe over two TCP connections (CIPA DC-005). Rejects `access-denied` or `busy` where the camera refuses the
 * computer, `timeout`, `protocol`, or as the connections do.
 */
export async function connectPtpIp(options: PtpIpOptions, signal: AbortSignal): Promise<PtpPipe> {
  const { command, openEvents, identity = IDENTITY } = options;
  const opened: ByteTransport[] = [command];
  const streams: PacketStream[] = [];
  const streamOf = (transport: ByteTransport): PacketStream => {
    const stream = new PacketStream(transport);
    streams.push(stream);
    return stream;
  };
  try {
    return await withDeadline('connecting to the camera', CONNECT_MS, connect, signal);
  } catch (error) {
    for (const stream of streams) stream.stop();
    await Promise.allSettled(opened.map((transport) => transport.close()));
    throw error;
  }

  async function connect(inner: AbortSignal): Promise<PtpPipe> {
    const commands = streamOf(command);
    await command.write(initCommandRequest(identity.guid, identity.name), { signal: inner });
    const { connection } = expected('init-command-ack', await next(commands));
    const event = await openEvents(inner);
    opened.push(event);
    inner.throwIfAborted();
    const events = streamOf(event);
    await event.write(initEventRequest(connection), { signal: inner });
    expected('init-event-ack', await next(events));
    return new PtpIpPipe({ command, commands, event, events });

    function next(stream: PacketStream): Promise<PtpIpPacket> {
      return stream.next({ signal: inner, maxBytes: MAX_PLAIN_BYTES });
    }
  }
}

interface Connections {
  readonly command: ByteTransport;
  readonly commands: PacketStream;
  readonly event: ByteTransport;
  readonly events: PacketStream;
}

class PtpIpPipe implements PtpPipe {
  readonly ended: Promise<End>;
  readonly events: Observable<PtpMessage>;
  readonly #connections: Connections;
  #settle: (end: End) => void = () => undefined;
  /** Operations that were given up: their answers may still come. */
  readonly #abandoned = new Set<number>();

  constructor(connections: Connections) {
    this.#connections = connections;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    for (const { ended } of [connections.command, connections.event]) {
      void ended.then((end) => this.#finish(end));
    }
    this.events = new Observable((subscriber) => {
      const stop = new AbortController();
      subscriber.add(() => {
        stop.abort();
      });
      void this.#listen(stop.signal, (event) => {
        subscriber.next(event);
      }).then(() => {
        subscriber.complete();
      });
    });
  }

  async transact(request: PtpRequest, options: TransactOptions): Promise<PtpReply> {
    const { command } = this.#connections;
    const { transaction, data } = request;
    const { signal } = options;
    const write = { signal, timeoutMs: CONNECT_MS };
    await command.write(operationRequest(request, data !== undefined), write);
    if (data !== undefined) await command.write(dataPackets(transaction, data), write);
    const incoming = new IncomingData(options);
    for (;;) {
      const packet = await this.#next(transaction, options, incoming);
      switch (packet.type) {
        case 'start-data':
          incoming.start(packet.totalBytes);
          break;
        case 'data':
        case 'end-data':
          incoming.add(packet.bytes, packet.type === 'end-data');
          break;
        case 'response':
          return { code: packet.code, parameters: packet.parameters, data: incoming.whole() };
        default:
          throw outOfTurn(packet);
      }
    }
  }

  /** Packets say where they end: but for lengths that make no sense, nothing is lost with an answer that is not read. */
  async recover(transaction: number): Promise<void> {
    const { command, commands } = this.#connections;
    this.#abandoned.add(transaction);
    await withDeadline('ending an operation of the camera', CANCEL_MS, async (signal) => {
      await command.write(cancelPacket(transaction), { signal });
      for (;;) {
        const packet = await commands.next({ signal, maxBytes: MAX_PACKET_BYTES });
        if (packet.type === 'response' && packet.transaction === transaction) return;
      }
    }).catch(() => undefined); // late, or the connection has ended
    if (commands.brokenBy === undefined) return;
    const lost = new DeviceError(
      'lost',
      'the camera has to be connected again: what it sends makes no sense',
      {
        cause: commands.brokenBy,
      },
    );
    await this.#finish({ reason: 'lost', error: lost });
  }

  reset(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.#finish({ reason: 'closed' });
  }

  /** The next packet of an operation. */
  async #next(transaction: number, options: TransactOptions, incoming: IncomingData): Promise<PtpIpPacket> {
    for (;;) {
      const packet = await this.#connections.commands.next({
        signal: options.signal,
        maxBytes: MAX_PACKET_BYTES,
        progress: (bytes) => {
          incoming.waiting(bytes);
        },
      });
      if (!('transaction' in packet)) throw outOfTurn(packet);
      if (packet.transaction === transaction) return packet;
      if (this.#abandoned.has(packet.transaction)) continue;
      throw new DeviceError(
        'protocol',
        `the camera answers transaction ${packet.transaction}, ${transaction} was asked`,
      );
    }
  }

  async #listen(signal: AbortSignal, tell: (event: PtpMessage) => void): Promise<void> {
    const { event, events } = this.#connections;
    try {
      for (;;) {
        const packet = await events.next({ signal, maxBytes: MAX_PLAIN_BYTES });
        if (packet.type === 'event') tell(packet);
        if (packet.type === 'probe-request') await event.write(probeResponse(), { signal });
      }
    } catch (error) {
      // Lengths that make no sense leave no way to find the next packet.
      if (signal.aborted) return;
      const failure = DeviceError.from(error, 'protocol', 'the events of the camera make no sense');
      await this.#finish({
        reason: 'lost',
        error: new DeviceError('lost', failure.message, { cause: failure }),
      });
    }
  }

  async #finish(end: End): Promise<void> {
    const { command, commands, event, events } = this.#connections;
    this.#settle(end);
    commands.stop();
    events.stop();
    await Promise.allSettled([command.close(), event.close()]);
  }
}

function expected<T extends PtpIpPacket['type']>(
  type: T,
  packet: PtpIpPacket,
): Extract<PtpIpPacket, { readonly type: T }> {
  if (isOfType(packet, type)) return packet;
  if (packet.type !== 'init-fail') throw outOfTurn(packet);
  if (packet.reason === 2) {
    throw new DeviceError('busy', 'the camera is connected to another computer', {
      remedy: 'end the connection there, or switch the camera off and on',
    });
  }
  throw new DeviceError('access-denied', 'the camera does not accept this computer', {
    remedy: 'pair the camera with this computer: start the pairing on the camera, then connect again',
  });
}

function isOfType<T extends PtpIpPacket['type']>(
  packet: PtpIpPacket,
  type: T,
): packet is Extract<PtpIpPacket, { readonly type: T }> {
  return packet.type === type;
}

function outOfTurn(packet: PtpIpPacket): DeviceError {
  return new DeviceError('protocol', `the camera sends a packet (${packet.type}) out of its turn`, {
    offset: 4,
  });
}
