import { InputError, type ByteReader } from '@buergerkoffer/formats';
import { RESPONSE } from '../codes.js';
import { Dataset } from '../dataset.js';
import { Delivery } from '../delivery.js';
import type { PtpCommand } from '../operation.js';
import type { PtpConnection } from '../responder.js';
import type { VirtualCamera } from '../virtual-camera.js';
import {
  dataPacket,
  eventPacket,
  PACKET,
  packet,
  readOperation,
  replyPackets,
  responsePacket,
  type Packet,
} from './packet.js';

/** What a host's socket can be told. */
export interface PtpIpSocket {
  send(bytes: Uint8Array): void;
  /** Ends it, when what was sent is sent. */
  hangUp(): void;
  /** It belongs to a handshake that is done: it may be silent from now on. */
  established(): void;
}

/** Bytes of data from a host, at most: it sends settings, no pictures. */
const MOST_DATA = 1024 * 1024;

/** Data of a command that is on its way from the host. */
interface Incoming {
  readonly command: PtpCommand;
  readonly data: Dataset;
  /** Undefined until it was told how much comes. */
  total: number | undefined;
  size: number;
}

/** What happens to a link from outside, and whom that concerns. */
export interface LinkOutside {
  vanish(): void;
  ended(): void;
}

/** A host with its two sockets; when one of them ends, so does the other. */
export class PtpIpLink {
  readonly #outside: LinkOutside;
  readonly #commands: PtpIpSocket;
  readonly #connection: PtpConnection;
  readonly #delivery: Delivery;
  #events: PtpIpSocket | undefined;
  #incoming: Incoming | undefined;
  /** The operation that was answered last, and whether with data. */
  #answered: { readonly transaction: number; readonly data: boolean } | undefined;
  #over = false;

  /** Connects to the camera, `busy` when another host is; `commands` is the socket that asked for it. */
  constructor(camera: VirtualCamera, commands: PtpIpSocket, outside: LinkOutside) {
    this.#commands = commands;
    this.#outside = outside;
    this.#connection = camera.connect((event) => this.#events?.send(eventPacket(event)));
    this.#delivery = new Delivery({
      send: ({ bytes }) => {
        commands.send(bytes);
      },
      stall: () => {
        this.end();
      },
      vanish: () => {
        outside.vanish();
      },
    });
  }

  /** Takes the second socket; false when there is one. */
  takeEvents(socket: PtpIpSocket): boolean {
    if (this.#events !== undefined || this.#over) return false;
    this.#events = socket;
    socket.send(packet(PACKET.initEventAck));
    socket.established();
    this.#commands.established();
    return true;
  }

  /** Takes a packet of one of its sockets; throws `InputError` for one that may not come now. */
  heard(socket: PtpIpSocket, { type, body }: Packet): void {
    if (this.#over) return;
    switch (type) {
      case PACKET.ping:
        socket.send(packet(PACKET.pong));
        return;
      case PACKET.pong:
        return;
      case PACKET.cancel:
        this.#cancel(body.u32());
        return;
      default:
        if (socket !== this.#commands || this.#events === undefined) throw unexpected(type, body);
        this.#command(type, body);
    }
  }

  /** The link is over: both sockets are closed, the camera is free. Idempotent. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#delivery.cancel();
    this.#connection.end();
    this.#commands.hangUp();
    this.#events?.hangUp();
    this.#outside.ended();
  }

  #command(type: number, body: ByteReader): void {
    const incoming = this.#incoming;
    if (type === PACKET.operationRequest && incoming === undefined) {
      const { command, dataFollows } = readOperation(body);
      if (dataFollows) this.#incoming = { command, data: new Dataset(), total: undefined, size: 0 };
      else this.#answer(command);
      return;
    }
    if (incoming === undefined || body.u32() !== incoming.command.transaction) throw unexpected(type, body);
    if (type === PACKET.startData && incoming.total === undefined) {
      incoming.total = body.u32() + body.u32() * 2 ** 32;
      if (incoming.total <= MOST_DATA) return;
    } else if ((type === PACKET.data || type === PACKET.endData) && incoming.total !== undefined) {
      incoming.size += body.remaining;
      incoming.data.bytes(body.bytes(body.remaining));
      const whole = incoming.size === incoming.total;
      if (type === PACKET.data && incoming.size <= incoming.total) return;
      if (type === PACKET.endData && whole) {
        this.#incoming = undefined;
        this.#answer(incoming.command, incoming.data.done());
        return;
      }
    }
    throw unexpected(type, body);
  }

  #answer(command: PtpCommand, data?: Uint8Array): void {
    const reply = this.#connection.answer(command, data);
    this.#answered = { transaction: command.transaction, data: reply.data !== undefined };
    this.#delivery.send(replyPackets(command, reply), reply.fault);
  }

  /** Ends what is under way with this number; it comes on both sockets, and too late as often as not. */
  #cancel(transaction: number): void {
    const answered = this.#answered;
    if (this.#incoming?.command.transaction === transaction) {
      this.#connection.cancelled(this.#incoming.command);
      this.#incoming = undefined;
    } else if (answered?.transaction === transaction && this.#delivery.cancel()) {
      if (answered.data) this.#commands.send(dataPacket(true, transaction, new Uint8Array(0)));
    } else {
      return;
    }
    this.#commands.send(responsePacket(RESPONSE.transactionCancelled, transaction, []));
  }
}

function unexpected(type: number, { offset }: ByteReader): InputError {
  return new InputError('malformed', `packet ${type} may not come now`, { offset });
}
