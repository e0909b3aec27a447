import { DeviceError, DeviceLife, OperationGate, withDeadline, type DeviceInfo } from '@buergerkoffer/core';
import { defer, Observable, Subject, throwError, timeout } from 'rxjs';
import type { Camera, CameraCapabilities, CameraEvent, CaptureRequest, PreviewFrame } from '../camera.js';
import { planCapture, type CapturePlan } from '../capture-plan.js';
import { EOS_OPERATION, NIKON_OPERATION, OPERATION, PROPERTY, RESPONSE, VENDOR } from '../ptp/codes.js';
import { datasetReader, readText } from '../ptp/fields.js';
import type { PtpPipe } from '../session/pipe.js';
import { understood } from '../session/protocol-error.js';
import { PtpSession } from '../session/ptp-session.js';
import { bodyEvents } from './body-events.js';
import type { BodyEvent, Dialect } from './dialect.js';
import { eosDialect } from './eos-dialect.js';
import { liveFrames } from './live-frames.js';
import { nikonDialect } from './nikon-dialect.js';
import { standardDialect } from './standard-dialect.js';
import { takePhotos } from './take-photos.js';

/** How long the camera may take to be prepared, and to be given back, in milliseconds. */
const OPEN_MS = 14_000;
const CLOSE_MS = 1_500;

/** What is known of a camera before it is asked. */
export type KnownInfo = Partial<Pick<DeviceInfo, 'maker' | 'model' | 'serialNumber'>>;

/** Opens a session over `pipe`, prepares the camera and gives it. When that fails `pipe` stays open, for the caller to close. */
export function openPtpCamera(pipe: PtpPipe, known: KnownInfo, signal: AbortSignal): Promise<Camera> {
  return withDeadline(
    'preparing the camera',
    OPEN_MS,
    async (inner) => {
      const session = await PtpSession.open(pipe, { signal: inner });
      const dialect = dialectOf(session);
      await dialect.start(inner);
      const still = await stillSize(session, inner);
      return new PtpCamera({ session, dialect, info: infoOf(session, known), still });
    },
    signal,
  );
}

/** Told by what a camera can do, not by who made it: makers put other ids into DeviceInfo, and sell compacts too. */
function dialectOf(session: PtpSession): Dialect {
  const { vendorExtensionId, manufacturer } = session.info;
  const isEos = session.supports(EOS_OPERATION.setEventMode) && session.supports(EOS_OPERATION.getEvent);
  if (isEos && (vendorExtensionId === VENDOR.canon || manufacturer.startsWith('Canon'))) {
    return eosDialect(session);
  }
  const isNikon = vendorExtensionId === VENDOR.nikon || manufacturer.startsWith('Nikon');
  if (isNikon && session.supports(NIKON_OPERATION.getEvent)) return nikonDialect(session);
  return standardDialect(session);
}

function infoOf({ info }: PtpSession, known: KnownInfo): DeviceInfo {
  return {
    maker: info.manufacturer || (known.maker ?? 'unknown maker'),
    model: info.model || (known.model ?? 'PTP camera'),
    ...(known.serialNumber === undefined ? {} : { serialNumber: known.serialNumber }),
    ...(info.deviceVersion === '' ? {} : { firmware: info.deviceVersion }),
    simulated: false,
  };
}

/** The size of photos where the camera tells: `6000x4000`. */
async function stillSize(session: PtpSession, signal: AbortSignal): Promise<CameraCapabilities['still']> {
  if (!session.info.properties.has(PROPERTY.imageSize)) return undefined;
  const { code, data } = await session.ask(OPERATION.getDevicePropValue, [PROPERTY.imageSize], { signal });
  if (code !== RESPONSE.ok) return undefined;
  const text = understood('the image size', () => readText(datasetReader(data)));
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(text) ?? [];
  return width === undefined || height === undefined
    ? undefined
    : { widthPx: Number(width), heightPx: Number(height) };
}

interface CameraParts {
  readonly session: PtpSession;
  readonly dialect: Dialect;
  readonly info: DeviceInfo;
  readonly still: CameraCapabilities['still'];
}

class PtpCamera implements Camera {
  readonly info: DeviceInfo;
  readonly capabilities: CameraCapabilities;
  readonly ended;
  readonly #session: PtpSession;
  readonly #dialect: Dialect;
  readonly #life: DeviceLife;
  /** The live view runs beside a capture, so it has a gate of its own. */
  readonly #view = new OperationGate();
  /** What the camera tells by itself: always listened to, so that nothing old waits in it. */
  readonly #told = new Subject<BodyEvent>();
  readonly #habits = { givesJpeg: false };

  constructor({ session, dialect, info, still }: CameraParts) {
    this.info = info;
    this.capabilities = {
      ...(still === undefined ? {} : { still }),
      liveView: dialect.liveView !== undefined,
      remoteShutter: dialect.remoteShutter,
      bodyShutter: true,
    };
    this.#session = session;
    this.#dialect = dialect;
    const listening = session.events.subscribe({
      next: (event) => {
        const heard = dialect.heard(event);
        if (heard !== undefined) this.#told.next(heard);
      },
      // It never does: how the pipe ended is told by `ended`.
      error: () => undefined,
    });
    this.#life = new DeviceLife(async () => {
      listening.unsubscribe();
      await this.#giveBack();
    });
    this.ended = this.#life.ended;
    void session.ended.then((end) => {
      if (end.reason !== 'lost') return;
      void this.#view.end(end.error).catch(() => undefined);
      this.#life.lose(end.error);
    });
  }

  preview(): Observable<PreviewFrame> {
    return this.#view.stream('preview', () => {
      const { liveView } = this.#dialect;
      if (liveView === undefined) {
        return throwError(() => new DeviceError('unsupported', 'this camera has no live view'));
      }
      return liveFrames(liveView, (work) => {
        this.#view.release(work.catch(() => undefined));
      });
    });
  }

  capture(request?: CaptureRequest): Observable<CameraEvent> {
    return defer(() => {
      const plan = planCapture(this.capabilities, request);
      return this.#life.gate.stream('capture', () =>
        this.#capture(plan).pipe(
          timeout({
            each: plan.patienceMs,
            with: () =>
              throwError(
                () => new DeviceError('timeout', `the camera gave no sign for ${plan.patienceMs} ms`),
              ),
          }),
        ),
      );
    });
  }

  close(): Promise<void> {
    void this.#view.end(new DeviceError('closed', 'the device was closed')).catch(() => undefined);
    return this.#life.close();
  }

  #capture(plan: CapturePlan): Observable<CameraEvent> {
    return new Observable((subscriber) => {
      const cancel = new AbortController();
      const taking = takePhotos({
        session: this.#session,
        dialect: this.#dialect,
        events: bodyEvents(this.#dialect, this.#told),
        plan,
        tell: (event) => {
          subscriber.next(event);
        },
        signal: cancel.signal,
        habits: this.#habits,
      }).then(
        () => {
          subscriber.complete();
        },
        (error: unknown) => {
          if (!cancel.signal.aborted) {
            subscriber.error(DeviceError.from(error, 'protocol', 'the camera answered something unknown'));
          }
        },
      );
      subscriber.add(() => {
        cancel.abort();
        this.#life.gate.release(taking);
      });
    });
  }

  async #giveBack(): Promise<void> {
    await withDeadline('giving the camera back', CLOSE_MS, async () => {
      await this.#view.end(new DeviceError('closed', 'the device was closed'));
      if (this.#life.over?.code !== 'lost') await this.#dialect.stop();
    }).catch(() => undefined); // it is let go in any case
    await this.#session.close();
  }
}
