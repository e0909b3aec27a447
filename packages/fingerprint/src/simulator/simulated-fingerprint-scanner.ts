import { DeviceError, DeviceLife, type DeviceInfo, type End } from '@buergerkoffer/core';
import {
  seededRandom,
  simulate,
  type FaultScript,
  type KnownFaults,
  type Losable,
  type Simulated,
  type SimulationOptions,
} from '@buergerkoffer/core/simulation';
import type { GreyImage } from '@buergerkoffer/formats';
import { defer, map, merge, takeWhile, timer, type Observable } from 'rxjs';
import { checkedCaptureRequest } from '../capture-request.js';
import { FINGER_POSITIONS, type FingerPosition } from '../finger-position.js';
import {
  FINGERPRINT_SCANNER,
  type FingerprintCapabilities,
  type FingerprintEvent,
  type FingerprintRequest,
  type FingerprintScanner,
} from '../fingerprint-scanner.js';
import { SyntheticHands, type HandTraits } from '../synthesis/synthetic-hand.js';
import { playCapture } from './capture-script.js';
import { checkResolution, playedTouch, synthesisedTouch, type Touch } from './finger-source.js';

/** What a simulated fingerprint scanner can be told. */
export interface SimulatedFingerprintScannerOptions extends SimulationOptions {
  /** Default 20: a capture with previews takes about a quarter of a second. */
  readonly paceMs?: number;
  /** Default 500: a glass of 416 x 560 pixels; 1000 has twice as many each way. */
  readonly resolutionPpi?: 500 | 1000;
  /** Images to play instead of synthetic fingers; the glass grows when one is larger. */
  readonly images?: Partial<Readonly<Record<FingerPosition, GreyImage>>>;
  /** What the synthetic fingers are like: dry, worn, turned, full of creases. */
  readonly hands?: HandTraits;
}

/**
 * A scanner that exists in memory only, with fingers that are nobody's. It shows the faults `retry`, `time-out`,
 * `stall` and `vanish` of the operation `capture`; any other fault, and an image of another resolution, is
 * refused here with `unsupported` or `invalid-request` (a fault planned later: when it is planned).
 */
export function simulatedFingerprintScanner(
  options: SimulatedFingerprintScannerOptions = {},
): Simulated<FingerprintScanner> {
  const capabilities = capabilitiesOf(options);
  const hands = new SyntheticHands(seededRandom(options.seed ?? 1).fork('fingerprint'), options.hands);
  const touch = (finger: FingerPosition): Touch => {
    const given = options.images?.[finger];
    return given === undefined
      ? synthesisedTouch(hands, finger, capabilities)
      : playedTouch(given, capabilities.resolutionPpi);
  };
  const paceMs = options.paceMs ?? 20;
  return simulate(
    FINGERPRINT_SCANNER,
    INFO,
    options,
    (world) => new SimulatedScanner({ ...world, capabilities, touch, paceMs }),
    FAULTS,
  );
}

const FAULTS: KnownFaults = {
  thing: 'a simulated fingerprint scanner',
  operations: { capture: ['retry', 'time-out', 'stall', 'vanish'] },
};

const INFO: DeviceInfo = {
  maker: 'Bürgerkoffer SDK',
  model: 'Simulated fingerprint scanner',
  simulated: true,
};

function capabilitiesOf(options: SimulatedFingerprintScannerOptions): FingerprintCapabilities {
  const { resolutionPpi = 500, images = {} } = options;
  let widthPx = (416 * resolutionPpi) / 500;
  let heightPx = (560 * resolutionPpi) / 500;
  for (const finger of FINGER_POSITIONS) {
    const image = images[finger];
    if (image === undefined) continue;
    checkResolution(finger, image, resolutionPpi);
    widthPx = Math.max(widthPx, image.width);
    heightPx = Math.max(heightPx, image.height);
  }
  return { resolutionPpi, widthPx, heightPx, impression: 'plain', simultaneousFingers: 1, preview: true };
}

interface Parts {
  readonly info: DeviceInfo;
  readonly capabilities: FingerprintCapabilities;
  readonly faults: FaultScript;
  readonly vanish: () => void;
  readonly touch: (finger: FingerPosition) => Touch;
  readonly paceMs: number;
}

class SimulatedScanner implements FingerprintScanner, Losable {
  readonly info: DeviceInfo;
  readonly capabilities: FingerprintCapabilities;
  readonly ended: Promise<End>;
  readonly #life = new DeviceLife();
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.info = parts.info;
    this.capabilities = parts.capabilities;
    this.ended = this.#life.ended;
  }

  capture(request: FingerprintRequest): Observable<FingerprintEvent> {
    return this.#life.gate.stream('capture', () => defer(() => this.#capture(request)));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  lose(error: DeviceError): void {
    this.#life.lose(error);
  }

  #capture(request: FingerprintRequest): Observable<FingerprintEvent> {
    const { finger, previews, patienceMs } = checkedCaptureRequest(request);
    const { faults, paceMs, touch, vanish } = this.#parts;
    const fault = faults.take('capture');
    return merge(
      playCapture({ finger, previews, paceMs, fault, touch: touch(finger), vanish }),
      timer(patienceMs).pipe(
        map(() => {
          throw new DeviceError('timeout', `no print within ${patienceMs} ms`);
        }),
      ),
    ).pipe(takeWhile((event) => event.type !== 'captured', true));
  }
}
