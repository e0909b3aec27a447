import { DeviceError, withDeadline, type UsbTransport } from '@buergerkoffer/core';
import { ByteWriter } from '@buergerkoffer/formats';
import { decryptRun, keyRuns } from './cipher.js';
import { switchOn } from './power.js';
import { MODE, REGISTER, type Mode, type Report } from './protocol.js';
import { IMAGE_BYTES, looksEncrypted, printOf, readRawImage, type RawImage } from './raw-image.js';
import { Registers } from './registers.js';
import { Reports } from './reports.js';

/** Where the sensor sends images. */
const IMAGE_ENDPOINT = 2;
/** How long the sensor may take to come to rest, in milliseconds: `close()` waits for it. */
const REST_MS = 1_000;
/** How long an image may take, in milliseconds; the recorded one took 130. */
const IMAGE_MS = 5_000;
/** How long the sensor may take to report that it is on, in milliseconds: it forgets to now and then. */
const POWER_MS = 1_000;
/** How often it is switched on before it counts as broken. */
const POWER_TRIES = 3;
/** How long more of an abandoned image is waited for, in milliseconds, and how much is read at once. */
const DRAIN_MS = 100;
const PACKET_BYTES = 64;
const VERSION_BYTES = 16;

/** A print as the sensor saw it, the right way up. */
export interface SensorPrint {
  readonly height: number;
  readonly data: Uint8Array;
}

/** The sensor behind a claimed interface: its registers, reports and images. Calls come one after another. */
export class Sensor {
  readonly #usb: UsbTransport;
  readonly #registers: Registers;
  readonly #reports: Reports;
  readonly #random: () => number;
  #powered = false;
  #mode: Mode = MODE.off;
  #fingerLies = false;
  /** An image was asked for and did not come to its end: what is left of it must not begin the next one. */
  #imageIsOpen = false;

  /** `random` gives seeds, integers from 0 to 2³² - 1; `lifted` hears that a finger was taken off the glass. */
  constructor(usb: UsbTransport, random: () => number, lifted: () => void) {
    this.#usb = usb;
    this.#registers = new Registers(usb);
    this.#random = random;
    this.#reports = new Reports(usb, (report) => {
      this.#hear(report);
      if (report === 'finger-off') lifted();
    });
  }

  /** Whether the last report about the glass told of a finger. */
  get fingerLies(): boolean {
    return this.#fingerLies;
  }

  get mode(): Mode {
    return this.#mode;
  }

  /** Switches the sensor on, unless it is on already. Rejects `timeout` when it never reports that it is. */
  async powerUp(signal: AbortSignal): Promise<void> {
    if (this.#powered) return;
    for (let attempt = 1; !this.#powered; attempt += 1) {
      const over = new AbortController();
      const powered = this.#reports.next('powered', AbortSignal.any([over.signal, signal]));
      powered.catch(() => undefined);
      try {
        await switchOn(this.#registers, signal);
        await withDeadline('the report that the sensor is on', POWER_MS, () => powered, signal);
        this.#powered = true;
      } catch (error) {
        if (!isPassing(error) || attempt === POWER_TRIES) throw error;
      } finally {
        over.abort();
      }
    }
    await this.#registers.read(REGISTER.version, VERSION_BYTES, signal);
  }

  /** Resolves at the next report of a finger that was laid down, or lifted. */
  next(report: 'finger-on' | 'finger-off', signal: AbortSignal): Promise<void> {
    return this.#reports.next(report, signal);
  }

  /** Tells the sensor what to do. */
  async setMode(mode: Mode, signal?: AbortSignal): Promise<void> {
    await this.#registers.write(REGISTER.mode, new Uint8Array([mode]), signal);
    this.#mode = mode;
  }

  /** The print that lies on the glass now; undefined when the sensor delivered only a part of it. */
  async capture(signal: AbortSignal): Promise<SensorPrint | undefined> {
    const over = new AbortController();
    const either = AbortSignal.any([over.signal, signal]);
    this.#imageIsOpen = true;
    const reading = this.#usb.transferIn(IMAGE_ENDPOINT, IMAGE_BYTES, {
      timeoutMs: IMAGE_MS,
      signal: either,
    });
    reading.catch(() => undefined);
    try {
      await this.setMode(MODE.capture, signal);
      const answer = await reading;
      if (answer.status === 'stall')
        throw new DeviceError('protocol', 'the scanner refuses to send its image');
      const image = readRawImage(answer.data);
      this.#imageIsOpen = false;
      return image === undefined ? undefined : await this.#printOf(image, signal);
    } finally {
      over.abort();
    }
  }

  /** What follows a capture, however it ended: the sensor waits for the finger to be lifted, or sleeps. */
  rest(): Promise<void> {
    return withDeadline('coming to rest', REST_MS, async (signal) => {
      await this.setMode(this.#fingerLies ? MODE.awaitLift : MODE.off, signal);
      if (!this.#imageIsOpen) return;
      await this.#usb.clearHalt('in', IMAGE_ENDPOINT, { signal });
      await this.#drain(signal);
      this.#imageIsOpen = false;
    });
  }

  /** Reads what is left of an image that nobody wants any more, packet by packet, until nothing comes. */
  async #drain(signal: AbortSignal): Promise<void> {
    const isLate = (error: unknown) => error instanceof DeviceError && error.code === 'timeout';
    const options = { timeoutMs: DRAIN_MS, signal };
    try {
      for (;;) {
        const rest = await this.#usb.transferIn(IMAGE_ENDPOINT, PACKET_BYTES, options);
        if (rest.status === 'stall') return;
      }
    } catch (error) {
      if (!isLate(error)) throw error;
    }
  }

  /** Takes the glass for free: a report that the finger was lifted may have got lost. */
  forgetFinger(): void {
    this.#fingerLies = false;
  }

  #hear(report: Report): void {
    if (report === 'finger-on') this.#fingerLies = true;
    if (report === 'finger-off') this.#fingerLies = false;
    if (report === 'power-lost') this.#powered = false;
  }

  async #printOf(image: RawImage, signal: AbortSignal): Promise<SensorPrint> {
    if (!looksEncrypted(image)) return printOf(image);
    const pixels = image.pixels.slice();
    for (const run of keyRuns(image)) {
      const key = await this.#key(run.keyNumber, signal);
      decryptRun(pixels, run, key);
    }
    return printOf({ ...image, pixels });
  }

  /** The key of an image. The seed hides it on the wire, from nobody who can read the seed beside it. */
  async #key(keyNumber: number, signal: AbortSignal): Promise<number> {
    const seed = this.#random() >>> 0;
    const question = new ByteWriter('little').u8(keyNumber).u32(seed).toBytes();
    await this.#registers.write(REGISTER.keyQuestion, question, signal);
    const answer = await this.#registers.read(REGISTER.key, 4, signal);
    return (answer.u32() ^ seed) >>> 0;
  }
}

/** Failures that another try may not show: a report that did not come, an endpoint that somebody left halted. */
function isPassing(error: unknown): boolean {
  return error instanceof DeviceError && (error.code === 'timeout' || error.code === 'protocol');
}
