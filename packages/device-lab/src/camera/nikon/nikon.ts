import type { BodyUser, CameraBody, CameraNews, Destination } from '../camera-body.js';
import { cardOperations } from '../card-operations.js';
import { STORAGE } from '../card.js';
import { EVENT, RESPONSE } from '../codes.js';
import { Dataset } from '../dataset.js';
import type { Dialect, DialectSession } from '../dialect.js';
import type { Operation, Operations, PtpAnswer } from '../operation.js';
import { propertyOperations } from '../property-operations.js';
import { initiateCapture } from '../standard.js';

/** Operations of Nikon's extension, numbers as public programs name them (libgphoto2, `camlibs/ptp2/ptp.h`). */
const NIKON_OPERATION = {
  initiateCaptureRecInSdram: 0x90c0,
  changeCameraMode: 0x90c2,
  deleteImageInSdram: 0x90c3,
  getEvent: 0x90c7,
  deviceReady: 0x90c8,
  afCaptureSdram: 0x90cb,
  startLiveView: 0x9201,
  endLiveView: 0x9202,
  getLiveViewImage: 0x9203,
  initiateCaptureRecInMedia: 0x9207,
  getEventEx: 0x941c,
} as const;
/** Events of Nikon's own: a picture lies in memory, and that was all. */
const NIKON_EVENT = { objectAddedInSdram: 0xc101, captureCompleteRecInSdram: 0xc102 } as const;
/** Response of Nikon's own. */
const NOT_LIVE_VIEW = 0xa00b;
/** Bytes before the JPEG of a frame: sizes, focus areas. */
const FRAME_HEAD = 384;
/** Events that wait for a host that does not poll, at most. */
const MOST_EVENTS = 1024;

/**
 * A camera that speaks Nikon's extension: a host polls it for events, captures into its memory or on its card, and
 * waits until it is ready again.
 */
export const NIKON: Dialect = {
  maker: 'Lab',
  model: 'Lab Nikon-like camera',
  extension: { id: 0xa, version: 100, words: '' },
  events: [EVENT.objectAdded, EVENT.storeFull, EVENT.captureComplete, ...Object.values(NIKON_EVENT)],
  powerUp: (body) => () => new NikonSession(body),
};

class NikonSession implements DialectSession, BodyUser {
  readonly operations: Operations;
  readonly user = this;
  readonly destination: Destination = 'card';
  shutterLocked = false;
  readonly #body: CameraBody;
  #events: (readonly [code: number, parameter: number])[] = [];
  #live: 'off' | 'starting' | 'on' = 'off';
  #toMemory = false;

  constructor(body: CameraBody) {
    this.#body = body;
    const { viewfinder } = body;
    this.operations = new Map([
      ...cardOperations(body),
      ...propertyOperations(body),
      initiateCapture(body),
      ...this.#captures(),
      ...(viewfinder === undefined ? [] : this.#liveView(viewfinder)),
      ...this.#polls(),
    ]);
  }

  hear(news: CameraNews): void {
    switch (news.type) {
      case 'added':
        this.#toMemory = news.object.storage === 0;
        this.#queue(this.#toMemory ? NIKON_EVENT.objectAddedInSdram : EVENT.objectAdded, news.object.handle);
        break;
      case 'captured':
        this.#queue(this.#toMemory ? NIKON_EVENT.captureCompleteRecInSdram : EVENT.captureComplete, 0);
        break;
      case 'store-full':
        this.#queue(EVENT.storeFull, STORAGE);
        break;
      default:
        news satisfies never;
    }
  }

  #queue(code: number, parameter: number): void {
    if (this.#events.length < MOST_EVENTS) this.#events.push([code, parameter]);
  }

  #capture(destination: Destination, transaction: number): PtpAnswer {
    if (this.#body.exposing) return { code: RESPONSE.deviceBusy };
    if (destination === 'card' && this.#body.card.free === 0) return { code: RESPONSE.storeFull };
    this.#body.expose(destination, transaction);
    return {};
  }

  #captures(): readonly (readonly [number, Operation])[] {
    return [
      [
        NIKON_OPERATION.initiateCaptureRecInSdram,
        { parameters: [1, 1], answer: ({ transaction }) => this.#capture('memory', transaction) },
      ],
      [
        NIKON_OPERATION.afCaptureSdram,
        { parameters: [0, 0], answer: ({ transaction }) => this.#capture('memory', transaction) },
      ],
      [
        NIKON_OPERATION.initiateCaptureRecInMedia,
        {
          parameters: [2, 2],
          answer: ({ parameters: [, memory], transaction }) =>
            this.#capture(memory === 0 ? 'card' : 'memory', transaction),
        },
      ],
      [
        NIKON_OPERATION.deleteImageInSdram,
        {
          parameters: [1, 1],
          answer: ({ parameters: [handle] }) => {
            const { card } = this.#body;
            if (card.object(handle)?.storage !== 0) return { code: RESPONSE.invalidObjectHandle };
            card.remove(handle);
            return {};
          },
        },
      ],
      [
        NIKON_OPERATION.changeCameraMode,
        {
          parameters: [1, 1],
          answer: ({ parameters: [mode] }) => {
            this.shutterLocked = mode !== 0;
            return {};
          },
        },
      ],
    ];
  }

  #liveView(nextFrame: () => Uint8Array): readonly (readonly [number, Operation])[] {
    const turn = (live: 'off' | 'starting'): PtpAnswer => {
      this.#live = live;
      return {};
    };
    const frame = (): PtpAnswer => {
      if (this.#live === 'off') return { code: NOT_LIVE_VIEW };
      if (this.#live === 'starting') return { code: RESPONSE.deviceBusy };
      return { data: new Dataset().bytes(new Uint8Array(FRAME_HEAD)).bytes(nextFrame()).done() };
    };
    return [
      [NIKON_OPERATION.startLiveView, { parameters: [0, 0], answer: () => turn('starting') }],
      [NIKON_OPERATION.endLiveView, { parameters: [0, 0], answer: () => turn('off') }],
      [NIKON_OPERATION.getLiveViewImage, { parameters: [0, 0], answer: frame }],
    ];
  }

  #polls(): readonly (readonly [number, Operation])[] {
    return [
      [NIKON_OPERATION.deviceReady, { parameters: [0, 0], answer: () => this.#ready() }],
      [
        NIKON_OPERATION.getEvent,
        {
          parameters: [0, 0],
          answer: () => {
            const events = this.#take();
            const data = new Dataset().u16(events.length);
            for (const [code, parameter] of events) data.u16(code).u32(parameter);
            return { data: data.done() };
          },
        },
      ],
      [
        NIKON_OPERATION.getEventEx,
        {
          parameters: [0, 0],
          answer: () => {
            const events = this.#take();
            const data = new Dataset().u32(events.length);
            for (const [code, parameter] of events) data.u16(code, 1).u32(parameter);
            return { data: data.done() };
          },
        },
      ],
    ];
  }

  /** Busy while a picture is taken, and once while the mirror goes up for the live view. */
  #ready(): PtpAnswer {
    if (this.#body.exposing) return { code: RESPONSE.deviceBusy };
    if (this.#live !== 'starting') return {};
    this.#live = 'on';
    return { code: RESPONSE.deviceBusy };
  }

  #take(): readonly (readonly [code: number, parameter: number])[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
