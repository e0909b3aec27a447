import { DeviceError, type UsbEndpoint, type UsbTransport } from '@buergerkoffer/core';
import { Observable } from 'rxjs';
import { MAX_PLAIN_BYTES, readMessage, type PtpMessage } from '../ptp/container.js';
import { datasetReader } from '../ptp/fields.js';

/** One wait for an event, in milliseconds; another follows. */
const WAIT_MS = 3_600_000;
/** An endpoint that stalls again and again is left alone after so many times in a row. */
const MAX_STALLS = 8;

/**
 * The events of an interrupt endpoint while subscribed. One that makes no sense is dropped: what it told of is found
 * by asking. Completes when the interface is closed or lost, or the endpoint stays halted.
 */
export function usbEvents(usb: UsbTransport, endpoint: UsbEndpoint): Observable<PtpMessage> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    subscriber.add(() => {
      stop.abort();
    });
    void listen(usb, endpoint, stop.signal, (event) => {
      subscriber.next(event);
    }).then(() => {
      subscriber.complete();
    });
  });
}

async function listen(
  usb: UsbTransport,
  { number, packetSize }: UsbEndpoint,
  signal: AbortSignal,
  tell: (event: PtpMessage) => void,
): Promise<void> {
  const events = new EventPackets(packetSize);
  let stalls = 0;
  while (!signal.aborted && stalls < MAX_STALLS) {
    try {
      // One packet at a time: where an event fills its last packet, nothing says that it has ended.
      const answer = await usb.transferIn(number, packetSize, { timeoutMs: WAIT_MS, signal });
      if (answer.status === 'stall') {
        stalls += 1;
        await usb.clearHalt('in', number, { signal });
        continue;
      }
      stalls = 0;
      const event = events.add(answer.data);
      if (event !== undefined) tell(event);
    } catch (error) {
      const code = error instanceof DeviceError ? error.code : undefined;
      if (code === 'protocol') stalls += 1;
      if (code !== 'protocol' && code !== 'timeout') return;
    }
  }
}

/** Puts the packets of events together: the head says how long an event is, a short packet ends it. */
class EventPackets {
  readonly #packetSize: number;
  #bytes = new Uint8Array(0);

  constructor(packetSize: number) {
    this.#packetSize = packetSize;
  }

  /** The event that `packet` completes; undefined while there is none, and for what is none. */
  add(packet: Uint8Array): PtpMessage | undefined {
    const bytes = Uint8Array.from([...this.#bytes, ...packet]);
    const announced = bytes.length < 4 ? 0 : datasetReader(bytes).u32();
    const goesOn =
      packet.length === this.#packetSize && announced > bytes.length && announced <= MAX_PLAIN_BYTES;
    this.#bytes = goesOn ? bytes : new Uint8Array(0);
    return goesOn ? undefined : eventIn(bytes);
  }
}

function eventIn(bytes: Uint8Array): PtpMessage | undefined {
  try {
    const { type, code, transaction, parameters } = readMessage(bytes);
    return type === 'event' ? { code, transaction, parameters } : undefined;
  } catch {
    return undefined;
  }
}
