import { withDeadline } from '../deadline.js';
import type { Device } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { DeviceMeter } from '../health/meter.js';
import type { Offer } from '../source.js';

/** A device, and the way that led to it. */
export interface Opened {
  readonly device: Device;
  readonly offer: Offer;
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

interface Failure {
  readonly offer: Offer;
  readonly error: unknown;
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
  const failures: Failure[] = [];
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
      return { device, offer };
    } catch (error) {
      if (opening !== undefined) late.push(closed(opening));
      signal?.throwIfAborted();
      failures.push({ offer, error });
    }
  }
  throw failureOf(failures, model);
}

/** Resolves when `opening` has failed, or its device is closed. */
async function closed(opening: Promise<Device>): Promise<void> {
  const device = await opening.catch(() => undefined);
  await device?.close().catch(() => undefined);
}

/** The first failure speaks, because that way was to be taken; the others are named by their code. */
function failureOf([first, ...others]: readonly Failure[], model: string): DeviceError {
  if (first === undefined) return new DeviceError('not-found', `${model} is no longer attached`);
  const error = DeviceError.from(first.error, 'protocol', `${model} could not be opened`);
  if (others.length === 0) return error;
  const tried = others.map(
    (other) => `${placeOf(other.offer)} (${DeviceError.from(other.error, 'protocol', '').code})`,
  );
  return new DeviceError(error.code, `${error.message}; also tried in vain: ${tried.join(', ')}`, {
    remedy: error.remedy,
    cause: error,
  });
}

function placeOf({ ports: [port], driver }: Offer): string {
  return port === undefined ? driver : `${port.bus} ${port.path}`;
}
