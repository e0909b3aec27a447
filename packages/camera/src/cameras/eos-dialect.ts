import { withDeadline } from '@buergerkoffer/core';
import { ByteWriter } from '@buergerkoffer/formats';
import type { RetryReason } from '../camera.js';
import { EOS_OPERATION, EOS_PROPERTY, EOS_RESPONSE, EVENT, OPERATION, RESPONSE } from '../ptp/codes.js';
import { readEosEvents, type EosEvent } from '../ptp/eos-events.js';
import { readEosViewFinder } from '../ptp/live-view.js';
import type { PtpEvent } from '../ptp/nikon-events.js';
import { understood } from '../session/protocol-error.js';
import type { OperationOptions, PtpSession } from '../session/ptp-session.js';
import { refusal } from '../session/refusal.js';
import type { BodyEvent, Dialect, FetchOptions, LiveView, NewObject } from './dialect.js';
import { objectInBlocks, wholeObject } from './download.js';
import { standardEvent } from './standard-dialect.js';

/** The first answer to GetEvent tells all properties: 8 kB of an EOS 60D. In bytes. */
const MAX_EVENT_BYTES = 1024 * 1024;
const MAX_FRAME_BYTES = 8 * 1024 * 1024;
/** Asking for events until there are none ends after so many answers. */
const MAX_POLLS = 32;
/** How often the camera is told to stay on, in milliseconds. */
const KEEP_ON_MS = 10_000;
/** How long focusing may take, and pressing the button to the end, in milliseconds. */
const FOCUS_MS = 15_000;
const PRESS_MS = 5_000;
const FRAME_MS = 3_000;
const EVENTS_MS = 15_000;
/** Undoing one step when the camera is given back, in milliseconds. */
const UNDO_MS = 500;
/** Where photos go, and the live view: to the card or the camera's screen, to the computer. */
const DESTINATION = { card: 2, computer: 4 } as const;
const VIEW_FINDER = { off: 0, computer: 2 } as const;
/** With fewer shots left the camera is told that the computer has room; units as libgphoto2 and EOS Utility use them. */
const FEW_SHOTS = 100;
const ROOM = [0x0fff_ffff, 0x1000, 1] as const;
/** What EOS cameras ask of a live view's buffer, as recorded sessions show. */
const VIEW_FINDER_BUFFER = [0x0020_0000, 0, 0] as const;

/** Canon's EOS cameras: the photo goes to the computer, not on the card; events are asked for. */
export function eosDialect(session: PtpSession): Dialect {
  return new EosDialect(session);
}

class EosDialect implements Dialect {
  readonly remoteShutter: boolean;
  readonly liveView?: LiveView;
  readonly #session: PtpSession;
  #freeShots: number | undefined;
  #toComputer = false;
  #keptOnAt = 0;
  /** Objects that wait in the camera's memory until it is told that they were fetched. */
  readonly #inMemory = new Set<number>();

  constructor(session: PtpSession) {
    this.#session = session;
    this.remoteShutter =
      session.supports(EOS_OPERATION.remoteReleaseOn) || session.supports(EOS_OPERATION.remoteRelease);
    if (session.supports(EOS_OPERATION.getViewFinderData)) {
      this.liveView = {
        start: async (signal) => {
          await this.#set(EOS_PROPERTY.viewFinderMode, 1, { signal });
          const { code } = await this.#set(EOS_PROPERTY.viewFinderOutput, VIEW_FINDER.computer, { signal });
          if (code !== RESPONSE.ok) throw refusal(EOS_OPERATION.setDevicePropValueEx, code);
        },
        frame: (signal) => this.#frame(signal),
        stop: async () => {
          await this.#set(EOS_PROPERTY.viewFinderOutput, VIEW_FINDER.off, { timeoutMs: UNDO_MS });
        },
      };
    }
  }

  async start(signal: AbortSignal): Promise<void> {
    const session = this.#session;
    await session.run(EOS_OPERATION.setRemoteMode, [1], { signal });
    await session.run(EOS_OPERATION.setEventMode, [1], { signal });
    await this.#drain(signal);
    const { code } = await this.#set(EOS_PROPERTY.captureDestination, DESTINATION.computer, { signal });
    this.#toComputer = code === RESPONSE.ok;
    await this.#drain(signal);
  }

  async prepare(signal: AbortSignal): Promise<void> {
    // Told after the end of the last capture, too.
    for (const handle of [...this.#inMemory]) await this.#forget(handle, signal);
    await this.#drain(signal);
    if (!this.#toComputer || (this.#freeShots ?? 0) >= FEW_SHOTS) return;
    // Some bodies do not know it, and need none.
    await this.#session.ask(EOS_OPERATION.pcHddCapacity, ROOM, { signal });
    await this.#drain(signal);
  }

  async stop(): Promise<void> {
    const undo = { timeoutMs: UNDO_MS };
    if (this.#toComputer) {
      // Some bodies answer that they are busy, and do it.
      await this.#set(EOS_PROPERTY.captureDestination, DESTINATION.card, undo);
    }
    await this.#session.ask(EOS_OPERATION.setRemoteMode, [0], undo);
    await this.#session.ask(EOS_OPERATION.setEventMode, [0], undo);
  }

  async release(signal: AbortSignal): Promise<'released' | RetryReason> {
    const session = this.#session;
    if (!session.supports(EOS_OPERATION.remoteReleaseOn)) return this.#releaseOld(signal);
    try {
      const half = await session.ask(EOS_OPERATION.remoteReleaseOn, [1, 0], { signal, timeoutMs: FOCUS_MS });
      if (half.code !== RESPONSE.ok) return this.#unfocused(half.code);
      const full = await session.ask(EOS_OPERATION.remoteReleaseOn, [2, 0], { signal, timeoutMs: PRESS_MS });
      return full.code === RESPONSE.ok ? 'released' : this.#unfocused(full.code);
    } finally {
      await withDeadline('letting the shutter go', PRESS_MS, async () => {
        await session.ask(EOS_OPERATION.remoteReleaseOff, [2], { timeoutMs: PRESS_MS });
        await session.ask(EOS_OPERATION.remoteReleaseOff, [1], { timeoutMs: PRESS_MS });
      }).catch(() => undefined);
    }
  }

  /** But for a full card, the camera's own events only say that there is something to ask for. */
  heard(event: PtpEvent): BodyEvent | undefined {
    return event.code === EVENT.storeFull ? standardEvent(event) : undefined;
  }

  async poll(): Promise<readonly BodyEvent[]> {
    await this.#keepOn();
    const events = await this.#events();
    return events.flatMap((event): readonly BodyEvent[] => {
      switch (event.type) {
        case 'transfer-requested':
          this.#inMemory.add(event.object.handle);
          return [{ type: 'object-added', object: event.object }];
        case 'object-added':
          return [{ type: 'object-added', object: event.object }];
        case 'property-changed':
        case 'will-shut-down':
          return [];
        default:
          return event satisfies never;
      }
    });
  }

  async fetch(object: NewObject, options: FetchOptions): Promise<Uint8Array> {
    const inBlocks = this.#session.supports(OPERATION.getPartialObject);
    const bytes = await (inBlocks ? objectInBlocks : wholeObject)(this.#session, object, options);
    await this.discard(object, options.signal);
    return bytes;
  }

  discard({ handle }: NewObject, signal: AbortSignal): Promise<void> {
    return this.#forget(handle, signal);
  }

  async #forget(handle: number, signal: AbortSignal): Promise<void> {
    if (!this.#inMemory.delete(handle)) return;
    await this.#session.run(EOS_OPERATION.transferComplete, [handle], { signal });
  }

  /** The one-step release of bodies before 2009; its answer says why there is no photo. */
  async #releaseOld(signal: AbortSignal): Promise<'released' | RetryReason> {
    const reply = await this.#session.run(EOS_OPERATION.remoteRelease, [], { signal, timeoutMs: FOCUS_MS });
    const [result = 0] = reply.parameters;
    if (result === 1) return 'out-of-focus';
    if (result !== 0) throw refusal(EOS_OPERATION.remoteRelease, RESPONSE.storeFull);
    return 'released';
  }

  #unfocused(code: number): 'out-of-focus' {
    if (code === RESPONSE.generalError || code === RESPONSE.deviceBusy) return 'out-of-focus';
    throw refusal(EOS_OPERATION.remoteReleaseOn, code);
  }

  async #frame(signal: AbortSignal): Promise<Uint8Array | undefined> {
    const { code, data } = await this.#session.ask(EOS_OPERATION.getViewFinderData, VIEW_FINDER_BUFFER, {
      signal,
      timeoutMs: FRAME_MS,
      maxBytes: MAX_FRAME_BYTES,
      whileBusy: false,
    });
    if (code === EOS_RESPONSE.notReady || code === RESPONSE.deviceBusy) return undefined;
    if (code !== RESPONSE.ok) throw refusal(EOS_OPERATION.getViewFinderData, code);
    return understood('a frame of the live view', () => readEosViewFinder(data));
  }

  /** Asks until nothing more comes; photos that nobody waits for are discarded. */
  async #drain(signal: AbortSignal): Promise<void> {
    for (let count = 0; count < MAX_POLLS; count += 1) {
      const events = await this.#events(signal);
      if (events.length === 0) return;
      for (const event of events) {
        if (event.type !== 'transfer-requested') continue;
        this.#inMemory.add(event.object.handle);
        await this.#forget(event.object.handle, signal);
      }
    }
  }

  async #events(signal?: AbortSignal): Promise<readonly EosEvent[]> {
    const options = {
      maxBytes: MAX_EVENT_BYTES,
      timeoutMs: EVENTS_MS,
      ...(signal === undefined ? {} : { signal }),
    };
    const { data } = await this.#session.run(EOS_OPERATION.getEvent, [], options);
    const events = understood('the events of the camera', () => readEosEvents(data));
    for (const event of events) {
      if (event.type === 'property-changed' && event.property === EOS_PROPERTY.availableShots) {
        this.#freeShots = event.value;
      }
      if (event.type === 'will-shut-down') this.#keptOnAt = 0;
    }
    return events;
  }

  async #keepOn(): Promise<void> {
    const now = performance.now();
    if (!this.#session.supports(EOS_OPERATION.keepDeviceOn) || now - this.#keptOnAt < KEEP_ON_MS) return;
    this.#keptOnAt = now;
    await this.#session.ask(EOS_OPERATION.keepDeviceOn, [], { timeoutMs: EVENTS_MS });
  }

  #set(property: number, value: number, options: OperationOptions) {
    const data = new ByteWriter('little').u32(12).u32(property).u32(value).toBytes();
    return this.#session.ask(EOS_OPERATION.setDevicePropValueEx, [], { ...options, data });
  }
}
