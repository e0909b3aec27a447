import { DeviceError } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { CameraEvent } from '../camera.js';
import type { CapturePlan } from '../capture-plan.js';
import type { Photo } from '../photo/photo.js';
import { FORMAT, OPERATION, RESPONSE } from '../ptp/codes.js';
import { isJpegFormat, readObjectInfo } from '../ptp/object-info.js';
import { understood } from '../session/protocol-error.js';
import type { PtpSession } from '../session/ptp-session.js';
import { refusal } from '../session/refusal.js';
import type { BodyEvent, Dialect, NewObject } from './dialect.js';
import { EventQueue } from './event-queue.js';
import { cameraPhoto } from './camera-photo.js';

/** A camera that finds no focus is asked again so often. */
const MAX_ATTEMPTS = 5;
/** After the first file that is no JPEG, its JPEG comes within this time, in milliseconds. */
const SIBLING_MS = 5_000;
/** The patience of a capture is kept outside; here nothing ends by itself. In milliseconds. */
const NO_LIMIT_MS = 24 * 3_600_000;
/** A download tells how far it is after so many bytes more. */
const PROGRESS_BYTES = 1024 * 1024;

/** What a capture works with. */
export interface Shooting {
  readonly session: PtpSession;
  readonly dialect: Dialect;
  readonly events: Observable<BodyEvent>;
  readonly plan: CapturePlan;
  readonly tell: (event: CameraEvent) => void;
  readonly signal: AbortSignal;
  /** What is known of the camera from one capture to the next. */
  readonly habits: CameraHabits;
}

/** What a camera was seen to do. */
export interface CameraHabits {
  /** It has given a JPEG: a raw image without one is the sibling of a photo that came before. */
  givesJpeg: boolean;
}

/**
 * Takes the photos of a plan, by either shutter, and tells each. Photos are fetched one after another; the body goes
 * on meanwhile, and what it tells waits. Rejects with `DeviceError`s, or `signal.reason`.
 */
export async function takePhotos(shooting: Shooting): Promise<void> {
  const { dialect, events, plan, tell, signal } = shooting;
  await dialect.prepare?.(signal);
  const queue = new EventQueue(events);
  try {
    tell({ type: 'ready' });
    let releases = 0;
    for (let taken = 0; taken < plan.shots; taken += 1) {
      if (plan.shutter === 'remote' && releases === 0) {
        await release(shooting);
        releases = 1;
      }
      const photo = await nextPhoto(shooting, queue);
      tell({ type: 'captured', photo, shutter: releases > 0 ? 'remote' : 'body' });
      releases = 0;
    }
  } finally {
    queue.stop();
  }
}

async function release({ dialect, tell, signal }: Shooting): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const outcome = await dialect.release(signal);
    if (outcome === 'released') return;
    tell({ type: 'retry', reason: outcome });
  }
  throw new DeviceError('attention', `the camera did not take a photo in ${MAX_ATTEMPTS} attempts`, {
    remedy: 'give more light, keep the distance that the lens can focus, or switch the lens to manual focus',
  });
}

async function nextPhoto(shooting: Shooting, queue: EventQueue<BodyEvent>): Promise<Photo> {
  let sawOther = false;
  for (;;) {
    const event = await queue.next(shooting.signal, sawOther ? SIBLING_MS : NO_LIMIT_MS);
    if (event === undefined) throw noJpeg();
    if (event.type === 'failed') throw event.error;
    if (event.type === 'capture-complete') continue;
    const object = event.type === 'object-added' ? event.object : await describe(shooting, event.handle);
    if (object === undefined || object.format === FORMAT.association) continue;
    if (isJpegFormat(object.format)) {
      shooting.habits.givesJpeg = true;
      return fetchPhoto(shooting, object);
    }
    sawOther = !shooting.habits.givesJpeg;
    await shooting.dialect.discard?.(object, shooting.signal);
  }
}

/** What is behind a handle; undefined where it has gone again. */
async function describe({ session, signal }: Shooting, handle: number): Promise<NewObject | undefined> {
  const { code, data } = await session.ask(OPERATION.getObjectInfo, [handle], { signal });
  if (code === RESPONSE.invalidObjectHandle) return undefined;
  if (code !== RESPONSE.ok) throw refusal(OPERATION.getObjectInfo, code);
  const { format, sizeBytes } = understood('ObjectInfo', () => readObjectInfo(data));
  return { handle, format, sizeBytes };
}

async function fetchPhoto({ dialect, tell, signal }: Shooting, object: NewObject): Promise<Photo> {
  let toldBytes = 0;
  const progress = (receivedBytes: number, totalBytes: number): void => {
    if (receivedBytes - toldBytes < PROGRESS_BYTES || receivedBytes >= totalBytes) return;
    toldBytes = receivedBytes;
    tell({ type: 'downloading', receivedBytes, totalBytes });
  };
  return cameraPhoto(await dialect.fetch(object, { signal, progress }));
}

function noJpeg(): DeviceError {
  return new DeviceError('attention', 'the camera takes raw images only', {
    remedy: 'set the image quality of the camera to JPEG, or to raw and JPEG',
  });
}
