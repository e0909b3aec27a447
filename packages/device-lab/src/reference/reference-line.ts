import {
  fnv1a,
  LINE_FRAME,
  Pattern,
  readLineSaying,
  u32Bytes,
  writeLineCounts,
  type LineCounts,
} from '@buergerkoffer/core/testing';
import { ByteReader } from '@buergerkoffer/formats';
import type { LineFunction, VirtualLineDevice } from '../serial/virtual-line-device.js';
import { LineFrames, type LineRead } from './line-frames.js';
import { Timers } from './timers.js';

/** Bytes that are said without giving anybody else a turn, at most. */
const TURN_BYTES = 16 * 1024;
/** FNV-1a of nothing. */
const NO_HASH = fnv1a(new Uint8Array(0));
const NOTHING_TAKEN: LineCounts = { frames: 0, bytes: 0, hash: NO_HASH, broken: 0 };

/** The device at the far end of a line that the suites for serial lines and TCP connections talk to. */
export function referenceLine(): VirtualLineDevice {
  return { powerUp: (send) => new ReferenceLine(send) };
}

class ReferenceLine implements LineFunction {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #timers = new Timers();
  readonly #frames = new LineFrames();
  #held: Promise<void> | undefined;
  #counts = NOTHING_TAKEN;
  #mark = 0;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  received(bytes: Uint8Array): void | Promise<void> {
    let rest = bytes;
    for (;;) {
      if (this.#held !== undefined) {
        const later = rest;
        return later.length === 0 ? undefined : this.#held.then(() => this.received(later));
      }
      const next = this.#frames.next(rest);
      if (next === undefined) return undefined;
      this.#heard(next.read);
      rest = rest.subarray(next.used);
    }
  }

  powerDown(): void {
    this.#timers.end();
  }

  #heard(read: LineRead): void {
    if (read.type === 'broken') {
      this.#counts = { ...this.#counts, broken: this.#counts.broken + 1 };
      return;
    }
    const { code, body } = read;
    switch (code) {
      case LINE_FRAME.sync:
        this.#timers.end();
        this.#counts = NOTHING_TAKEN;
        this.#send(body);
        break;
      case LINE_FRAME.echo:
        this.#send(body);
        break;
      case LINE_FRAME.say:
        this.#say(body);
        break;
      case LINE_FRAME.take: {
        const { frames, bytes, hash, broken } = this.#counts;
        this.#counts = { frames: frames + 1, bytes: bytes + body.length, hash: fnv1a(body, hash), broken };
        break;
      }
      case LINE_FRAME.count:
        this.#send(writeLineCounts(this.#counts));
        break;
      case LINE_FRAME.hold:
        this.#hold(u32(body));
        break;
      case LINE_FRAME.setMark:
        this.#mark = u32(body);
        break;
      case LINE_FRAME.getMark:
        this.#send(u32Bytes(this.#mark));
        break;
      default:
        this.#counts = { ...this.#counts, broken: this.#counts.broken + 1 };
    }
  }

  #say(body: Uint8Array): void {
    const { length, seed, afterMs, chunk } = readLineSaying(body);
    const pattern = new Pattern(seed);
    const size = chunk === 0 ? length : chunk;
    let left = length;
    const turn = (): void => {
      for (let said = 0; left > 0 && said < TURN_BYTES; said += size) {
        this.#send(pattern.next(Math.min(size, left)));
        left -= Math.min(size, left);
      }
      if (left > 0) this.#timers.after(0, turn);
    };
    if (afterMs === 0) turn();
    else this.#timers.after(afterMs, turn);
  }

  #hold(ms: number): void {
    this.#held = this.#timers.pause(ms).then(() => {
      this.#held = undefined;
    });
  }
}

function u32(body: Uint8Array): number {
  return new ByteReader(body, { order: 'little' }).u32();
}
