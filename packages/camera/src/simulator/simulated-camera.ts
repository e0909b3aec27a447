import { DeviceError, type DeviceInfo } from '@buergerkoffer/core';
import {
  seededRandom,
  simulate,
  type KnownFaults,
  type Simulated,
  type SimulationOptions,
} from '@buergerkoffer/core/simulation';
import { CAMERA, type Camera, type CameraCapabilities } from '../camera.js';
import type { Photo } from '../photo/photo.js';
import type { DrawnPerson } from '../synthesis/person.js';
import { drawnPerson } from './drawn-person.js';
import { OpenSimulatedCamera } from './open-camera.js';
import { portraitPhoto } from './portrait-photo.js';
import { previewFrames } from './preview-frames.js';

/** What a simulated camera can be told. `paceMs` is 20 by default. */
export interface SimulatedCameraOptions extends SimulationOptions {
  /** Photos that it takes instead of drawing, in turn and again from the first one; must not be empty. */
  readonly photos?: readonly Photo[];
  /** Who sits before it; chosen by the seed where left out. */
  readonly person?: Partial<DrawnPerson>;
  /** False: a camera without live view. Default true. */
  readonly liveView?: boolean;
  /** False: a camera whose shutter only a hand can press; the simulated clerk does. Default true. */
  readonly remoteShutter?: boolean;
}

const PACE_MS = 20;
const FAULTS: KnownFaults = {
  thing: 'a simulated camera',
  operations: {
    capture: ['retry', 'time-out', 'stall', 'vanish'],
    preview: ['time-out', 'stall', 'vanish'],
  },
};
const DRAWN = { widthPx: 1244, heightPx: 1600 } as const;

/**
 * A camera on the table, before which sits a drawn, invented, elderly person (1244 x 1600 JPEG).
 *
 * Operations `capture` and `preview` know the faults `time-out`, `stall` and `vanish`, `capture` knows `retry` too;
 * any other is refused with `unsupported` here, or when it is planned. An empty `photos` throws `invalid-request`.
 */
export function simulatedCamera(options: SimulatedCameraOptions = {}): Simulated<Camera> {
  const seed = options.seed ?? 1;
  const given = options.photos;
  if (given?.length === 0)
    throw new DeviceError('invalid-request', 'photos must not be empty', { path: 'photos' });
  const person: DrawnPerson = { ...drawnPerson(seed), ...options.person };
  const photoOf = once(() => portraitPhoto(person));
  const framesOf = once(() => previewFrames(person));
  const capabilities: CameraCapabilities = {
    still: sizeOf(given?.[0] ?? DRAWN),
    liveView: options.liveView ?? true,
    remoteShutter: options.remoteShutter ?? true,
    bodyShutter: true,
  };
  const info: DeviceInfo = {
    maker: 'Bürgerkoffer SDK',
    model: 'Simulated camera',
    serialNumber: `SIM-CAM-${seed}`,
    ...options.info,
    simulated: true,
  };
  let taken = 0;
  return simulate<Camera>(
    CAMERA,
    info,
    options,
    (world) =>
      new OpenSimulatedCamera(world, capabilities, {
        info,
        random: seededRandom(seed).fork('capture'),
        paceMs: options.paceMs ?? PACE_MS,
        shoot: () => given?.[taken++ % given.length] ?? photoOf(),
        frames: framesOf,
      }),
    FAULTS,
  );
}

function sizeOf(photo: Pick<Photo, 'widthPx' | 'heightPx'>): NonNullable<CameraCapabilities['still']> {
  return { widthPx: photo.widthPx, heightPx: photo.heightPx };
}

/** `make()`, computed at the first call and kept: drawing takes half a second. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
