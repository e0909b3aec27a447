import { DeviceError } from '@buergerkoffer/core';
import { InputError, type ByteReader } from '@buergerkoffer/formats';
import type { VirtualCamera } from '../virtual-camera.js';
import { Dataset } from '../dataset.js';
import { INIT_FAIL, initCommandAck, PACKET, packet, PacketReader, type Packet } from './packet.js';
import { PtpIpLink, type PtpIpSocket } from './ptp-ip-link.js';

/** One socket of a host. */
export interface PtpIpConnection {
  /** Takes bytes, which are its own from now on; throws `InputError` for what is no protocol. */
  receive(bytes: Uint8Array): void;
  /** The socket is closed. Idempotent. */
  end(): void;
}

/** Bytes that tell one camera from another. */
const GUID_BYTES = 16;

/** A camera behind PTP/IP (CIPA DC-005-2005): a host opens two sockets, one for commands, one for events. */
export class PtpIpService {
  readonly #camera: VirtualCamera;
  readonly #vanish: () => void;
  readonly #links = new Map<number, PtpIpLink>();
  #lastLink = 0;

  /** `vanish` is called when the camera loses its plug. */
  constructor(camera: VirtualCamera, vanish: () => void) {
    this.#camera = camera;
    this.#vanish = vanish;
  }

  /** A host opened a socket; which one it is its first packet says. */
  accept(socket: PtpIpSocket): PtpIpConnection {
    const packets = new PacketReader();
    let link: PtpIpLink | 'refused' | undefined;
    return {
      receive: (bytes) => {
        packets.push(bytes);
        for (;;) {
          const next = link === 'refused' ? undefined : packets.next();
          if (next === undefined) return;
          if (link instanceof PtpIpLink) link.heard(socket, next);
          else link = this.#shakeHands(next, socket) ?? 'refused';
        }
      },
      end: () => {
        if (link instanceof PtpIpLink) link.end();
      },
    };
  }

  #shakeHands({ type, body }: Packet, socket: PtpIpSocket): PtpIpLink | undefined {
    switch (type) {
      case PACKET.initCommandRequest:
        return this.#initCommand(body, socket);
      case PACKET.initEventRequest:
        return this.#initEvent(body.u32(), socket);
      default:
        throw new InputError('malformed', `a handshake does not begin with packet ${type}`, { offset: 4 });
    }
  }

  #initCommand(body: ByteReader, socket: PtpIpSocket): PtpIpLink | undefined {
    body.skip(GUID_BYTES);
    while (body.u16() !== 0);
    body.u32();
    this.#lastLink += 1;
    const id = this.#lastLink;
    try {
      const link = new PtpIpLink(this.#camera, socket, {
        vanish: this.#vanish,
        ended: () => this.#links.delete(id),
      });
      this.#links.set(id, link);
      socket.send(initCommandAck(id, guidOf(this.#camera), this.#camera.model));
      return link;
    } catch (error) {
      if (!(error instanceof DeviceError) || error.code !== 'busy') throw error;
      refuse(socket, INIT_FAIL.busy);
      return undefined;
    }
  }

  #initEvent(id: number, socket: PtpIpSocket): PtpIpLink | undefined {
    const link = this.#links.get(id);
    if (link?.takeEvents(socket) === true) return link;
    refuse(socket, INIT_FAIL.unspecified);
    return undefined;
  }
}

function refuse(socket: PtpIpSocket, reason: number): void {
  socket.send(packet(PACKET.initFail, new Dataset().u32(reason)));
  socket.hangUp();
}

function guidOf({ serialNumber }: VirtualCamera): Uint8Array {
  const guid = new Uint8Array(GUID_BYTES);
  for (let at = 0; at < serialNumber.length; at += 1) {
    const place = at % GUID_BYTES;
    guid[place] = (guid[place] ?? 0) ^ (serialNumber.charCodeAt(at) & 0xff);
  }
  return guid;
}
