import type { Observable } from 'rxjs';
import type { BusKind } from './port.js';
import type { End } from './device.js';

/** What every call to hardware takes. */
export interface CallOptions {
  /**
   * Deadline in milliseconds; then the call rejects `timeout`. Default 5000; a write to a serial line has the time that its
   * bytes need on the wire on top.
   */
  readonly timeoutMs?: number;
  /** Aborting rejects the call with `signal.reason`; the transport stays usable. */
  readonly signal?: AbortSignal;
}

/** What all transports have: an end that is reported, and a close that does not wait for a read. */
export interface TransportBase {
  /** Settles once, never rejects: closed by us, or lost. */
  readonly ended: Promise<End>;
  /** Ends pending calls with `closed`, releases the port, resolves then; idempotent. */
  close(): Promise<void>;
}

/** One endpoint of a claimed interface. */
export interface UsbEndpoint {
  readonly direction: 'in' | 'out';
  /** 1 to 15, without the direction bit. */
  readonly number: number;
  readonly type: 'bulk' | 'interrupt';
  /** Bytes of one packet; ask for multiples of it. */
  readonly packetSize: number;
}

/** The setup stage of a control transfer (USB 2.0, 9.3), in WebUSB's words. */
export interface UsbSetup {
  readonly requestType: 'standard' | 'class' | 'vendor';
  readonly recipient: 'device' | 'interface' | 'endpoint' | 'other';
  readonly request: number;
  readonly value: number;
  readonly index: number;
}

/** A transfer's answer. A stalled endpoint is an answer, not an error: protocols use it. */
export type UsbInResult = { readonly status: 'ok'; readonly data: Uint8Array } | { readonly status: 'stall' };
/** How many bytes went out, or that the endpoint stalled. */
export type UsbOutResult =
  { readonly status: 'ok'; readonly bytesWritten: number } | { readonly status: 'stall' };

/**
 * One claimed interface of a USB device, in the shape of WebUSB. Errors: `timeout`, `lost`, `closed`,
 * `invalid-request` (no such endpoint, value or interface), `busy` (a call on that endpoint and direction is under
 * way), `protocol` (babble, a disturbed wire, an interrupted transfer).
 */
export interface UsbTransport extends TransportBase {
  readonly interfaceNumber: number;
  /** The bulk and interrupt endpoints of the setting that was opened. */
  readonly endpoints: readonly UsbEndpoint[];
  /**
   * At most `length` (0 to 65535) bytes. The recipients `interface` and `endpoint` are this interface and its own
   * endpoints. Several control transfers may be under way; one that is aborted is still carried out.
   */
  controlTransferIn(setup: UsbSetup, length: number, options?: CallOptions): Promise<UsbInResult>;
  /** Default no data. Must not be changed until the promise settles. */
  controlTransferOut(setup: UsbSetup, data?: Uint8Array, options?: CallOptions): Promise<UsbOutResult>;
  /**
   * At most `length` bytes; shorter when a short packet ends the transfer, empty for a zero-length packet. The
   * endpoint is a stream: what comes after a call timed out or was aborted, and what is left of a packet, is given to
   * the next call. {@link clearHalt} throws it away.
   */
  transferIn(endpoint: number, length: number, options?: CallOptions): Promise<UsbInResult>;
  /**
   * Sends all of `data`, a zero-length packet for none; it must not be changed until the promise settles. After
   * `timeout`, an abort or `protocol` nothing more of it is sent, and how much was is not known. Aborting one ends the
   * others of this interface: those out with `protocol`, those in are asked for again.
   */
  transferOut(endpoint: number, data: Uint8Array, options?: CallOptions): Promise<UsbOutResult>;
  /** Ends a stall, and throws away what came in and was not read: a protocol begins anew. */
  clearHalt(direction: 'in' | 'out', endpoint: number, options?: CallOptions): Promise<void>;
}

/** A HID report, in WebHID's shape: the id stands apart from the data, 0 where the device uses none. */
export interface HidReport {
  readonly reportId: number;
  readonly data: Uint8Array;
}

/**
 * A HID device, in the shape of WebHID. Data never contains the report id, also not that of feature reports, where
 * WebHID and the kernel put it in front. A report shorter than the device's descriptor says is filled up with zeros.
 * Errors: `invalid-request` (no such report, or too long for it), `timeout`, `lost`, `closed`, `protocol` (the device
 * refused, or answered with another report). Calls go to the device one after another; one that hangs keeps those
 * behind it waiting, each until its own deadline, and its report may still go out after its `timeout`.
 */
export interface HidTransport extends TransportBase {
  /**
   * Hot while the transport is open: read from the device all the time and handed on at once, never kept, so that
   * whoever subscribes later misses what came before and nothing fills up. Data is as long as the device sent it.
   * Completes when the transport is closed, errors `lost`.
   */
  readonly inputReports: Observable<HidReport>;
  /** An output report; resolves when the system has sent it. `reportId` is 0 where the device uses none. */
  sendReport(reportId: number, data: Uint8Array, options?: CallOptions): Promise<void>;
  sendFeatureReport(reportId: number, data: Uint8Array, options?: CallOptions): Promise<void>;
  /** The data of the feature report, as long as the device sent it. */
  receiveFeatureReport(reportId: number, options?: CallOptions): Promise<Uint8Array>;
}

/** Bytes in, bytes out: a serial line or a TCP connection. Chunk boundaries mean nothing. */
export interface ByteTransport extends TransportBase {
  /**
   * Bytes that come while nobody reads are kept, 64 KiB at most; more of them are `protocol` for good. One reader, the
   * next one is `busy`. No back-pressure: a reader that is slower than the line buffers or closes. Completes when the
   * transport was closed, errors `lost`. See `ByteInput`.
   */
  readonly input: Observable<Uint8Array>;
  /** Resolves when the operating system has taken all bytes, in the order of the calls. One that was aborted or too late may have sent some. */
  write(bytes: Uint8Array, options?: CallOptions): Promise<void>;
}

/** What is in the slot of a reader. */
export type CardPresence =
  { readonly state: 'absent' } | { readonly state: 'present'; readonly atr: Uint8Array };

/** A connection to the card in the slot; taking the card out ends it as `lost`. */
export interface CardConnection extends TransportBase {
  readonly atr: Uint8Array;
  /** The card's answer including SW1 SW2, at most 65,538 bytes. */
  transmit(command: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
}

/** One slot of a card reader, as PC/SC sees it; taking the reader away ends the transport. */
export interface CardTransport extends TransportBase {
  /** The current state first, then every change. */
  readonly card: Observable<CardPresence>;
  connect(mode: 'exclusive' | 'shared', options?: CallOptions): Promise<CardConnection>;
  /** SCardControl: features of the reader itself, such as PACE. */
  control(code: number, data: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
}

/** One HTTP request, relative to the port's address. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Status, headers in lower case, and the body as it comes; not reading it to the end cancels the transfer. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** An HTTP service; the deadline of a request covers the time to the last byte of the head. */
export interface HttpTransport extends TransportBase {
  request(request: HttpRequest, options?: CallOptions): Promise<HttpResponse>;
}

/** The transport of each bus. */
export interface TransportOf {
  readonly usb: UsbTransport;
  readonly hid: HidTransport;
  readonly serial: ByteTransport;
  readonly tcp: ByteTransport;
  readonly pcsc: CardTransport;
  readonly http: HttpTransport;
}

/** TLS of a tcp or http port. */
export interface TlsOptions {
  /** PEM certificates to trust instead of the system's. */
  readonly ca?: string;
  /** SHA-256 of the one certificate to accept, lower-case hex. */
  readonly pin?: string;
}

/** What a driver may ask for when a port is opened. */
export interface OpenOptionsOf {
  readonly usb: {
    /** Default 0. */
    readonly alternateSetting?: number;
    /**
     * Takes the interface off a driver of the kernel, which gets it back on close. Default false, then it is `busy`:
     * a mounted disk or a keyboard must not vanish because somebody asks a device who it is.
     */
    readonly detachKernelDriver?: boolean;
  };
  readonly hid: Readonly<Record<string, never>>;
  readonly serial: {
    readonly baudRate: number;
    readonly dataBits?: 7 | 8;
    readonly stopBits?: 1 | 2;
    readonly parity?: 'none' | 'even' | 'odd';
    readonly rtscts?: boolean;
  };
  readonly tcp: { readonly tls?: TlsOptions };
  readonly pcsc: Readonly<Record<string, never>>;
  readonly http: { readonly tls?: TlsOptions; readonly headers?: Readonly<Record<string, string>> };
}

/** The transports of a bus kind; a union for a union of kinds. */
export type Transport<K extends BusKind = BusKind> = TransportOf[K];
