import type { BodyUser, CameraBody } from './camera-body.js';
import type { Operations, PtpEvent } from './operation.js';

/** How a maker's cameras speak PTP. */
export interface Dialect {
  readonly maker: string;
  readonly model: string;
  /** Vendor extension of DeviceInfo: its id, its version times 100, its words. */
  readonly extension: { readonly id: number; readonly version: number; readonly words: string };
  /** Codes of the events that it tells of. */
  readonly events: readonly number[];
  /** Called once for a camera: what it keeps, and how each session with a host begins. */
  powerUp(body: CameraBody): BeginSession;
}

/** Begins a session, in which events are told to `tell`; what it knows of its host ends with it. */
export type BeginSession = (tell: (event: PtpEvent) => void) => DialectSession;

/** A dialect in one session. */
export interface DialectSession {
  readonly operations: Operations;
  /** What the host wants of the body, and what it hears. */
  readonly user: BodyUser;
}
