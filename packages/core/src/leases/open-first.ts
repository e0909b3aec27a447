import { withDeadline } from '../deadline.js';
import type { Device } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { DeviceMeter } from '../health/meter.js';
import type { Offer } from '../source.js';

/** A way to a device that was preferred and failed. */
export interface PassedOver {
  /** Id of the driver. */
  readonly driver: string;
  /** Bus and path of its port; the driver where it has none. */
  readonly place: string;
  readonly error: DeviceError;
}

/** A device, and the way that led to it. */
export interface Opened {
  readonly device: Device;
  readonly offer: Offer;
  /** The ways that failed before, the preferred one first; empty where the preferred one led to it. */
  readonly passedOver: readonly PassedOver[];
}

/** An opening that is under way. */
export interface Opening {
  /** Rejects with what the first way failed with. */
  readonly opened: Promise<Opened>;
  /** Resolves when no way is under way any more: a device that opened too late is closed again. */
  readonly settled: Promise<void>;
}

/** What an opening needs to know. */
export interface OpeningOptions {
  /** What the device is called in messages. */
  readonly model: string;
  /** All ways together, in milliseconds; a way that hangs leaves the others their share. */
  readonly withinMs: number;
  readonly meter: DeviceMeter;
}

/** Opens the first of `offers` that can be had, one after the other. */
export function openFirst(offers: readonly Offer[], options: OpeningOptions, signal?: AbortSignal): Opening {
  const late: Promise<void>[] = [];
  const opened = tryAll(offers, options, late, signal);
  const over = (): undefined => undefined;
  return {
    opened,
    settled: opened.then(over, over).then(async () => {
      await Promise.all(late);
    }),
  };
}

async function tryAll(
  offers: readonly Offer[],
  { model, withinMs, meter }: OpeningOptions,
  late: Promise<void>[],
  signal: AbortSignal | undefined,
): Promise<Opened> {
  const passedOver: PassedOver[] = [];
  const endMs = performance.now() + withinMs;
  for (const [index, offer] of offers.entries()) {
    const shareMs = (endMs - performance.now()) / (offers.length - index);
    if (shareMs <= 0) break;
    let opening: Promise<Device> | undefined;
    const open = (inner: AbortSignal): Promise<Device> => {
      opening = offer.open(inner, meter);
      return opening;
    };
    try {
      const device = await withDeadline(`opening ${model}`, Math.ceil(shareMs), open, signal);
      return { device, offer, passedOver };
    } catch (error) {
      if (opening !== undefined) late.push(closed(opening));
      signal?.throwIfAborted();
      const failure = DeviceError.from(error, 'protocol', `${model} could not be opened`);
      passedOver.push({ driver: offer.driver, place: placeOf(offer), error: failure });
    }
  }
  throw failureOf(passedOver, model);
}

/** Resolves when `opening` has failed, or its device is closed. */
async function closed(opening: Promise<Device>): Promise<void> {
  const device = await opening.catch(() => undefined);
  await device?.close().catch(() => undefined);
}

/** The first failure speaks, because that way was to be taken; the others are named by their code. */
function failureOf([first, ...others]: readonly PassedOver[], model: string): DeviceError {
  if (first === undefined) return new DeviceError('not-found', `${model} is no longer attached`);
  const { error } = first;
  if (others.length === 0) return error;
  const tried = others.map((other) => `${other.place} (${other.error.code})`);
  return new DeviceError(error.code, `${error.message}; also tried in vain: ${tried.join(', ')}`, {
    remedy: error.remedy,
    cause: error,
  });
}

/** Where the way of an offer begins: bus and path of its port, or its driver where it has none. */
export function placeOf({ ports: [port], driver }: Offer): string {
  return port === undefined ? driver : `${port.bus} ${port.path}`;
}
