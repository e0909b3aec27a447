/** How the line was opened, as far as a device on it can tell. */
export interface LineSettings {
  readonly baudRate?: number;
  readonly dataBits?: 7 | 8;
  readonly stopBits?: 1 | 2;
  readonly parity?: 'none' | 'even' | 'odd';
  readonly dtr?: boolean;
  readonly rts?: boolean;
}

/**
 * A thing at the far end of a line, written once: for a serial or TCP bus of this process, for a pseudo-terminal, for
 * a TCP port, or behind a USB CDC-ACM interface.
 */
export interface VirtualLineDevice {
  /** The device gets power (is connected to): `send` is what it says, in any chunks, at any time until it ends. */
  powerUp(send: (bytes: Uint8Array) => void): LineFunction;
}

/** What a virtual line device does. */
export interface LineFunction {
  /** Bytes that the host wrote. A pending promise takes nothing more until it settles. */
  received(bytes: Uint8Array): void | Promise<void>;
  /** Where the line tells: the host set baud rate, framing or control lines. */
  settings?(settings: LineSettings): void;
  /** The plug was pulled: timers end here. */
  powerDown?(): void;
}
