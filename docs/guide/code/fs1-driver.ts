import { defineDriver, DeviceError, DeviceLife, withDeadline, type UsbTransport } from '@buergerkoffer/core';
import {
  checkedCaptureRequest,
  FINGERPRINT_SCANNER,
  type CheckedFingerRequest,
  type FingerPosition,
  type FingerprintEvent,
  type FingerprintRequest,
  type FingerprintScanner,
} from '@buergerkoffer/fingerprint';
import { ByteReader } from '@buergerkoffer/formats';
import { Observable } from 'rxjs';

// #region protocol
/** Bytes of the FS-1: the host sends `[command, round]`, the scanner `[kind, round, …]`. */
export const FS1 = { start: 1, stop: 2, ready: 1, again: 2, image: 3 } as const;
/** Its glass in pixels, at 500 ppi. */
export const GLASS = { widthPx: 256, heightPx: 360 } as const;
/** The longest message, in whole packets of 64 bytes. */
const LONGEST = 64 * Math.ceil((6 + GLASS.widthPx * GLASS.heightPx) / 64 + 1);

/** One message; `InputError` with the offset of the fault for anything else. */
function readMessage(bytes: Uint8Array) {
  const reader = new ByteReader(bytes);
  const kind = reader.u8();
  const round = reader.u8();
  if (kind !== FS1.image) return { kind, round };
  const width = reader.u16();
  const height = reader.u16();
  const data = reader.bytes(width * height);
  reader.expectEnd();
  return { kind, round, image: { width, height, data: data.slice(), resolutionPpi: 500 } };
}
// #endregion

// #region driver
/** The FS-1, an invented scanner: data that says which ports it understands, plus an open function. */
export const fs1Driver = defineDriver({
  id: 'example-fs1',
  kind: FINGERPRINT_SCANNER,
  bus: 'usb',
  matches: [{ vendorId: 0x1209, productId: 0x0001, interfaceClass: 0xff }],
  openOptions: {},
  open: (usb) => Promise.resolve<FingerprintScanner>(new Fs1(usb)),
});
// #endregion

// #region device
class Fs1 implements FingerprintScanner {
  readonly info = { maker: 'Example', model: 'FS-1', simulated: false };
  readonly capabilities = {
    ...GLASS,
    resolutionPpi: 500,
    impression: 'plain',
    simultaneousFingers: 1,
    preview: false,
  } as const;
  readonly ended;
  readonly #usb: UsbTransport;
  readonly #life: DeviceLife;
  #round = 0;

  constructor(usb: UsbTransport) {
    this.#usb = usb;
    this.#life = new DeviceLife(() => usb.close());
    this.ended = this.#life.ended;
    void usb.ended.then((end) => {
      if (end.reason === 'lost') this.#life.lose(end.error); // the plug was pulled
    });
  }

  /** The gate makes a second capture `busy`, and lets the next one wait for the release of this one. */
  capture(request: FingerprintRequest): Observable<FingerprintEvent> {
    return this.#life.gate.stream('capture', () => this.#capture(checkedCaptureRequest(request)));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #capture({ finger, patienceMs }: CheckedFingerRequest): Observable<FingerprintEvent> {
    return new Observable((subscriber) => {
      const cancel = new AbortController();
      const tell = (event: FingerprintEvent) => {
        subscriber.next(event);
      };
      withDeadline('capture', patienceMs, (signal) => this.#run(finger, tell, signal), cancel.signal).then(
        () => {
          subscriber.complete();
        },
        (error: unknown) => {
          subscriber.error(DeviceError.from(error, 'protocol', 'the scanner answered something unknown'));
        },
      );
      return () => {
        cancel.abort();
        this.#life.gate.release(this.#stop());
      };
    });
  }

  async #run(
    finger: FingerPosition,
    tell: (event: FingerprintEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const round = (this.#round = (this.#round + 1) % 256); // answers to an earlier start are ignored
    await this.#usb.transferOut(1, new Uint8Array([FS1.start, round]), { signal });
    for (;;) {
      const answer = await this.#usb.transferIn(1, LONGEST, { signal, timeoutMs: 60_000 });
      if (answer.status === 'stall') throw new DeviceError('protocol', 'the scanner refused to answer');
      const message = readMessage(answer.data);
      if (message.round !== round) continue;
      if (message.kind === FS1.ready) tell({ type: 'waiting', finger });
      if (message.kind === FS1.again) tell({ type: 'retry', reason: 'finger-lifted-early' });
      if (message.image === undefined) continue;
      tell({ type: 'captured', finger, image: message.image, quality: 'not-assessed' });
      return;
    }
  }

  async #stop(): Promise<void> {
    await this.#usb.clearHalt('in', 1);
    await this.#usb.transferOut(1, new Uint8Array([FS1.stop, this.#round]), { timeoutMs: 500 });
  }
}
// #endregion
