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
import { defer, EMPTY, fromEvent, map, merge, of, takeWhile, timer, type Observable } from 'rxjs';
import { checkedCaptureRequest, checkedSlapRequest } from '../capture-request.js';
import {
  FINGER_POSITIONS,
  isSlapPosition,
  SLAP_FINGERS,
  SLAP_POSITIONS,
  type FingerPosition,
  type SlapPosition,
} from '../finger-position.js';
import {
  FINGERPRINT_SCANNER,
  type FingerprintCapabilities,
  type FingerprintEvent,
  type FingerprintRequest,
  type FingerprintScanner,
} from '../fingerprint-scanner.js';
import type { PadResult } from '../process/pad-result.js';
import { segmentSlap } from '../segmentation/segment-slap.js';
import { SyntheticHands, type HandTraits } from '../synthesis/synthetic-hand.js';
import { playCapture, type Scene } from './capture-script.js';
import {
  checkResolution,
  playedTouch,
  synthesisedSlap,
  synthesisedTouch,
  type Touch,
} from './finger-source.js';

/** What a simulated fingerprint scanner can be told. */
export interface SimulatedFingerprintScannerOptions extends SimulationOptions {
  /** Default 20: a capture with previews takes about a quarter of a second. */
  readonly paceMs?: number;
  /** Default 500; 1000 has twice as many pixels each way. */
  readonly resolutionPpi?: 500 | 1000;
  /** Default 1, a glass of 416 x 560 pixels at 500 ppi; 2 has 800 x 750, 4 has 1600 x 1500. */
  readonly simultaneousFingers?: 1 | 2 | 4;
  /** Images to play instead of synthetic fingers and slaps; the glass grows when one is larger. */
  readonly images?: Partial<Readonly<Record<FingerPosition | SlapPosition, GreyImage>>>;
  /** Fingers that are never laid down: asked for alone, the capture waits; in a slap, they are not in the image. */
  readonly missing?: readonly FingerPosition[];
  /**
   * Gives the scanner a detection of presentation attacks, which takes these fingers for fakes and all others for
   * bona fide. Default: it has none.
   */
  readonly fakes?: readonly FingerPosition[];
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
  const { images = {}, missing = [] } = options;
  const touch = (asked: FingerPosition | SlapPosition): Touch | undefined => {
    const given = images[asked];
    const fingers = isSlapPosition(asked) ? SLAP_FINGERS[asked] : [asked];
    if (fingers.every((finger) => missing.includes(finger))) return undefined;
    if (given !== undefined) return playedTouch(given, capabilities.resolutionPpi);
    return isSlapPosition(asked)
      ? synthesisedSlap(hands, asked, capabilities, missing)
      : synthesisedTouch(hands, asked, capabilities);
  };
  const paceMs = options.paceMs ?? 20;
  return simulate(
    FINGERPRINT_SCANNER,
    INFO,
    options,
    (world) => new SimulatedScanner({ ...world, capabilities, touch, paceMs, fakes: options.fakes }),
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

/** The glass of a scanner of so many fingers, in pixels at 500 ppi. */
const GLASS = {
  1: { widthPx: 416, heightPx: 560 },
  2: { widthPx: 800, heightPx: 750 },
  4: { widthPx: 1600, heightPx: 1500 },
} as const;

function capabilitiesOf(options: SimulatedFingerprintScannerOptions): FingerprintCapabilities {
  const { resolutionPpi = 500, simultaneousFingers = 1, images = {} } = options;
  const glass = GLASS[simultaneousFingers];
  let widthPx = (glass.widthPx * resolutionPpi) / 500;
  let heightPx = (glass.heightPx * resolutionPpi) / 500;
  for (const asked of [...FINGER_POSITIONS, ...SLAP_POSITIONS]) {
    const image = images[asked];
    if (image === undefined) continue;
    checkResolution(asked, image, resolutionPpi);
    widthPx = Math.max(widthPx, image.width);
    heightPx = Math.max(heightPx, image.height);
  }
  return {
    ...{ resolutionPpi, widthPx, heightPx, impression: 'plain', simultaneousFingers },
    ...{ preview: true, manualCapture: true },
  };
}

interface Parts {
  readonly info: DeviceInfo;
  readonly capabilities: FingerprintCapabilities;
  readonly faults: FaultScript;
  readonly vanish: () => void;
  readonly touch: (asked: FingerPosition | SlapPosition) => Touch | undefined;
  readonly paceMs: number;
  readonly fakes: readonly FingerPosition[] | undefined;
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
    const checked =
      request.slap === undefined
        ? checkedCaptureRequest(request)
        : checkedSlapRequest(request, this.capabilities);
    const { faults, paceMs, touch, vanish, fakes } = this.#parts;
    const fault = faults.take('capture');
    const { previews, patienceMs, captureNow } = checked;
    const asked = checked.slap ?? checked.finger;
    const scene = { ...partsOf(checked, fakes), previews, paceMs, fault, touch: touch(asked), vanish };
    return merge(
      playCapture(scene),
      forcedCapture(scene, captureNow),
      timer(patienceMs).pipe(
        map(() => {
          throw new DeviceError('timeout', `no print within ${patienceMs} ms`);
        }),
      ),
    ).pipe(takeWhile((event) => event.type !== 'captured', true));
  }
}

/** What lies on the glass when the operator wants it; nothing where nothing does. */
function forcedCapture(
  { touch, captured }: Scene,
  captureNow: AbortSignal | undefined,
): Observable<FingerprintEvent> {
  if (touch === undefined || captureNow === undefined) return EMPTY;
  const forced = defer(() => (captureNow.aborted ? of(undefined) : fromEvent(captureNow, 'abort')));
  return forced.pipe(map(() => captured(touch)));
}

/** What the simulated detection of presentation attacks says. */
function padOf(finger: FingerPosition, fakes: readonly FingerPosition[]): PadResult {
  return { value: fakes.includes(finger) ? 0.9 : 0.1, threshold: 0.5 };
}

/** What a capture of one finger and of a slap tell differently. */
function partsOf(
  request: FingerprintRequest,
  fakes: readonly FingerPosition[] | undefined,
): Pick<Scene, 'waiting' | 'captured'> {
  const common = { type: 'captured', quality: 'not-assessed' } as const;
  if (request.slap === undefined) {
    const { finger } = request;
    const pad = fakes === undefined ? {} : { pad: padOf(finger, fakes) };
    return {
      waiting: { type: 'waiting', finger },
      captured: (touch) => ({ ...common, finger, image: touch.image(), ...pad }),
    };
  }
  const { slap } = request;
  const pad =
    fakes === undefined
      ? {}
      : { pad: Object.fromEntries(SLAP_FINGERS[slap].map((finger) => [finger, padOf(finger, fakes)])) };
  return {
    waiting: { type: 'waiting', slap },
    captured: (touch) => {
      const image = touch.image();
      return { ...common, slap, image, segmentation: segmentSlap(image, slap), ...pad };
    },
  };
}
