import {
  DeviceError,
  DeviceLife,
  withDeadline,
  type DeviceInfo,
  type UsbTransport,
} from '@buergerkoffer/core';
import { Observable } from 'rxjs';
import { checkedCaptureRequest, type CheckedFingerRequest } from '../capture-request.js';
import type { FingerPosition } from '../finger-position.js';
import type {
  FingerprintCapabilities,
  FingerprintEvent,
  FingerprintRequest,
  FingerprintScanner,
} from '../fingerprint-scanner.js';
import { MODE } from './protocol.js';
import { HEIGHT_PX, WIDTH_PX } from './raw-image.js';
import { Sensor } from './sensor.js';

/** How long the sensor may take to be switched on, in milliseconds. */
const OPEN_MS = 10_000;
/** How long `close()` may take to switch it off, in milliseconds. */
const CLOSE_MS = 500;
/** The resolution that its images are taken for; the maker's figure is not at hand, and none was measured. */
const NOMINAL_PPI = 500;

const CAPABILITIES: FingerprintCapabilities = {
  resolutionPpi: NOMINAL_PPI,
  widthPx: WIDTH_PX,
  heightPx: HEIGHT_PX,
  impression: 'plain',
  simultaneousFingers: 1,
  preview: false,
};

/** What a scanner is made of. */
export interface Uru4500Parts {
  readonly usb: UsbTransport;
  readonly info: DeviceInfo;
  /** Gives the seeds with which keys are asked for: integers from 0 to 2³² - 1. */
  readonly random: () => number;
}

/** Switches the sensor on and gives the scanner. Rejects as the transport does, and `protocol` or `timeout`. */
export async function openUru4500(parts: Uru4500Parts, signal: AbortSignal): Promise<FingerprintScanner> {
  const scanner = new Uru4500Scanner(parts);
  await withDeadline('switching the scanner on', OPEN_MS, (inner) => scanner.start(inner), signal);
  return scanner;
}

class Uru4500Scanner implements FingerprintScanner {
  readonly info: DeviceInfo;
  readonly capabilities = CAPABILITIES;
  readonly ended;
  readonly #sensor: Sensor;
  readonly #life: DeviceLife;
  #capturing = false;

  constructor({ usb, info, random }: Uru4500Parts) {
    this.info = info;
    this.#sensor = new Sensor(usb, random, () => {
      this.#lifted();
    });
    this.#life = new DeviceLife(async () => {
      await this.#sleep();
      await usb.close();
    });
    this.ended = this.#life.ended;
    void usb.ended.then((end) => {
      if (end.reason === 'lost') this.#life.lose(end.error);
    });
  }

  async start(signal: AbortSignal): Promise<void> {
    try {
      await this.#sensor.powerUp(signal);
    } catch (error) {
      throw typed(error);
    }
  }

  capture(request: FingerprintRequest): Observable<FingerprintEvent> {
    return this.#life.gate.stream('capture', () => this.#capture(checkedCaptureRequest(request)));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #capture({ finger, patienceMs }: CheckedFingerRequest): Observable<FingerprintEvent> {
    return new Observable((subscriber) => {
      const cancel = new AbortController();
      const tell = (event: FingerprintEvent): void => {
        subscriber.next(event);
      };
      this.#capturing = true;
      withDeadline('a print', patienceMs, (signal) => this.#run(finger, tell, signal), cancel.signal).then(
        () => {
          subscriber.complete();
        },
        (error: unknown) => {
          const failure = typed(error);
          // Waited for in vain: the next capture must not wait for it again.
          if (failure.code === 'timeout' && this.#sensor.mode === MODE.awaitLift) this.#sensor.forgetFinger();
          subscriber.error(failure);
        },
      );
      return () => {
        this.#capturing = false;
        cancel.abort();
        this.#life.gate.release(this.#sensor.rest());
      };
    });
  }

  /** Until a whole print was captured: each finger that was lifted too early is told, and waited for again. */
  async #run(
    finger: FingerPosition,
    tell: (event: FingerprintEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const sensor = this.#sensor;
    await sensor.powerUp(signal);
    for (;;) {
      if (sensor.fingerLies) {
        tell({ type: 'retry', reason: 'finger-not-lifted' });
        await this.#afterMode(MODE.awaitLift, 'finger-off', signal);
      }
      await this.#afterMode(MODE.awaitFinger, 'finger-on', signal, () => {
        tell({ type: 'waiting', finger });
      });
      tell({ type: 'guidance', status: 'Capturing' });
      const print = await sensor.capture(signal);
      if (print === undefined) {
        tell({ type: 'retry', reason: 'finger-lifted-early' });
        continue;
      }
      const { height, data } = print;
      const image = { width: WIDTH_PX, height, data, resolutionPpi: NOMINAL_PPI };
      tell({ type: 'captured', finger, image, quality: 'not-assessed' });
      return;
    }
  }

  /** Sets a mode and waits for its report, which is listened for before; `begun` when the mode is set. */
  async #afterMode(
    mode: typeof MODE.awaitFinger | typeof MODE.awaitLift,
    report: 'finger-on' | 'finger-off',
    signal: AbortSignal,
    begun: () => void = () => undefined,
  ): Promise<void> {
    const reported = this.#sensor.next(report, signal);
    reported.catch(() => undefined);
    await this.#sensor.setMode(mode, signal);
    begun();
    await reported;
  }

  /** The finger of the last capture was lifted: the light goes out. */
  #lifted(): void {
    if (this.#capturing || this.#sensor.mode !== MODE.awaitLift) return;
    this.#life.gate.release(this.#sensor.setMode(MODE.off));
  }

  async #sleep(): Promise<void> {
    if (this.#sensor.mode === MODE.off) return;
    await withDeadline('switching the sensor off', CLOSE_MS, (signal) =>
      this.#sensor.setMode(MODE.off, signal),
    ).catch(() => undefined); // it is let go in any case
  }
}

function typed(error: unknown): DeviceError {
  return DeviceError.from(error, 'protocol', 'the scanner answered something unknown');
}
