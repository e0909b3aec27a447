import { NOTHING, STALL, type Answered, type Unlink, type UsbAnswer } from './usb-transfer.js';

/** A piece of the packet stream: bytes in whole packets but for the last one, then perhaps an end. */
interface Piece {
  readonly bytes: Uint8Array;
  /** What follows the bytes: a zero-length packet, the stall of the endpoint, or the next piece. */
  readonly then: 'zero-length' | 'halt' | 'more';
}

interface Request {
  readonly length: number;
  readonly answered: Answered;
  readonly taken: Piece[];
  size: number;
}

/**
 * The device's side of an IN endpoint: a stream of packets (USB 2.0, 5.8.3). A request is answered when it is full
 * or at a packet shorter than the packet size; what it does not take waits for the next one. A packet that does not
 * fit into the rest of a request is an overflow, and stays. Requests are answered in their order.
 */
export class InPipe {
  readonly packetSize: number;
  #pieces: Piece[] = [];
  #requests: Request[] = [];
  #halted = false;

  /** `packetSize` in bytes, as the endpoint's descriptor gives it. */
  constructor(packetSize: number) {
    this.packetSize = packetSize;
  }

  get halted(): boolean {
    return this.#halted;
  }

  /**
   * Queues one message, cut into packets. A message that fills its last packet is ended by a zero-length one
   * unless `zeroLengthEnd` is false. The bytes are copied when a request takes them, not before.
   */
  send(message: Uint8Array, zeroLengthEnd = true): void {
    const full = message.length % this.packetSize === 0;
    const ended = full && (zeroLengthEnd || message.length === 0);
    this.#pieces.push({ bytes: message, then: ended ? 'zero-length' : 'more' });
    this.#serve();
  }

  /** Halts behind what was sent: the request that comes so far stalls, and all until `clearHalt()`. */
  sendHalt(): void {
    this.#pieces.push({ bytes: NOTHING, then: 'halt' });
    this.#serve();
  }

  /** Halts now: pending requests stall, what was sent waits for the halt to be cleared. */
  halt(): void {
    this.#halted = true;
    this.#serve();
  }

  clearHalt(): void {
    this.#halted = false;
    this.#serve();
  }

  /** Drops what was sent and not taken by an answered request. */
  discard(): void {
    this.#pieces = [];
    for (const request of this.#requests) {
      request.taken.length = 0;
      request.size = 0;
    }
  }

  /** Answers with at most `length` bytes, now or later. */
  receive(length: number, answered: Answered): Unlink {
    const request: Request = { length, answered, taken: [], size: 0 };
    this.#requests.push(request);
    this.#serve();
    return () => {
      const at = this.#requests.indexOf(request);
      if (at < 0) return;
      this.#requests.splice(at, 1);
      this.#giveBack(request);
      this.#serve();
    };
  }

  /** Gives every pending request back with `answer`. */
  end(answer: UsbAnswer): void {
    const [first] = this.#requests;
    if (first !== undefined) this.#giveBack(first);
    const ended = this.#requests;
    this.#requests = [];
    for (const { answered } of ended) answered(answer);
  }

  /** Answers whom the stream can answer; an answer may send, ask or unlink again while it is heard. */
  #serve(): void {
    for (;;) {
      const [request] = this.#requests;
      if (request === undefined) return;
      const answer = this.#halted ? this.#stall(request) : this.#fill(request);
      if (answer === undefined) return;
      this.#requests.shift();
      request.answered(answer);
    }
  }

  /** Moves packets into the request until it is answered; undefined while more must come. */
  #fill(request: Request): UsbAnswer | undefined {
    for (;;) {
      const room = request.length - request.size;
      if (room === 0) return ok(request);
      const [piece] = this.#pieces;
      if (piece === undefined) return undefined;
      const { bytes, then } = piece;
      if (bytes.length > room) {
        if (room % this.packetSize !== 0) return this.#overflow(request);
        this.#pieces[0] = { bytes: bytes.subarray(room), then };
        take(request, { bytes: bytes.subarray(0, room), then: 'more' });
        continue;
      }
      this.#pieces.shift();
      if (then === 'halt') {
        this.#halted = true;
        return this.#stall(request);
      }
      take(request, piece);
      const full = request.size === request.length;
      // The zero-length packet does not fit into a request that is full: it answers the next one.
      if (full && then === 'zero-length' && bytes.length > 0) this.#pieces.unshift({ bytes: NOTHING, then });
      if (full || then === 'zero-length' || bytes.length % this.packetSize !== 0) return ok(request);
    }
  }

  #stall(request: Request): UsbAnswer {
    return request.size === 0 ? STALL : { status: 'stall', data: joined(request) };
  }

  #overflow(request: Request): UsbAnswer {
    this.#giveBack(request);
    return { status: 'overflow' };
  }

  /** Only the first request has taken anything: it is put back in front. */
  #giveBack(request: Request): void {
    this.#pieces = [...request.taken, ...this.#pieces];
    request.taken.length = 0;
    request.size = 0;
  }
}

function take(request: Request, piece: Piece): void {
  request.taken.push(piece);
  request.size += piece.bytes.length;
}

function ok(request: Request): UsbAnswer {
  return { status: 'ok', data: joined(request) };
}

/** The one copy of a transfer: what the host gets is its own. */
function joined({ taken, size }: Request): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const { bytes } of taken) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}
