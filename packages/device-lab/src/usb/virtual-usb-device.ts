import type { UsbEndpoint, UsbSetup } from '@buergerkoffer/core';

/** An endpoint as its descriptor tells it. */
export interface VirtualEndpoint extends UsbEndpoint {
  /** Polling interval of an interrupt endpoint as its descriptor codes it (USB 2.0, table 9-13). Default 9. */
  readonly interval?: number;
}

/** One alternate setting of one interface. */
export interface VirtualInterface {
  readonly number: number;
  /** Default 0. */
  readonly alternateSetting?: number;
  readonly interfaceClass: number;
  /** Default 0. */
  readonly interfaceSubclass?: number;
  /** Default 0. */
  readonly interfaceProtocol?: number;
  /** What the interface calls itself. */
  readonly name?: string;
  /** This interface leads a function of several: an association descriptor (USB 2.0 ECN) stands before it. */
  readonly association?: InterfaceAssociation;
  readonly endpoints: readonly VirtualEndpoint[];
  /** Descriptors of its class (HID, CCID, CDC …), which stand between the interface's and its endpoints'. */
  readonly classDescriptors?: Uint8Array;
}

/** Interfaces that are one function, the interface that leads them included; their numbers follow one another. */
export interface InterfaceAssociation {
  readonly interfaceCount: number;
  readonly functionClass: number;
  /** Default 0. */
  readonly functionSubclass?: number;
  /** Default 0. */
  readonly functionProtocol?: number;
}

/** Bytes that are sent in the place of those made from the description: for recordings, and for devices that lie. */
export interface RawDescriptors {
  readonly device?: Uint8Array;
  readonly configuration?: Uint8Array;
  /** A string descriptor with its head; undefined stalls. */
  string?(index: number, language: number): Uint8Array | undefined;
}

/**
 * A USB device, written once: it can be plugged into a bus of this process, into the kernel of a computer, or into
 * somebody else's computer over TCP, and behaves the same there.
 */
export interface VirtualUsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  /** bcdDevice. Default 0x0100. */
  readonly deviceVersion?: number;
  /** Class of the whole device. Default 0: each interface tells its own; EF/02/01 where there are associations. */
  readonly deviceClass?: number;
  readonly deviceSubclass?: number;
  readonly deviceProtocol?: number;
  readonly maker?: string;
  readonly model?: string;
  readonly serialNumber?: string;
  /** Default `high`. */
  readonly speed?: 'full' | 'high' | 'super';
  /** Every alternate setting of every interface, as the configuration descriptor lists them. */
  readonly interfaces: readonly VirtualInterface[];
  readonly raw?: RawDescriptors;
  /** The device gets power: called once for each time it is plugged in; state lives until the plug is pulled. */
  powerUp(host: UsbHost): UsbFunction;
}

/** What a virtual USB device can do to its host. */
export interface UsbHost {
  /**
   * Queues one message on an IN endpoint, cut into packets. A message that fills its last packet is ended by a
   * zero-length one unless `zeroLengthEnd` is false. The bytes are copied when the host takes them: leave them alone
   * from now on. What is sent before the host has configured the device waits; what is sent on an endpoint that the
   * chosen alternate setting does not have is dropped. `invalid-request` for an endpoint that no setting has.
   */
  send(endpoint: number, message: Uint8Array, zeroLengthEnd?: boolean): void;
  /** Drops what was sent on an IN endpoint and is not taken yet, as a cancelled command does. */
  discard(endpoint: number): void;
  /** Halts an endpoint, an IN endpoint behind what was sent: transfers stall until the host clears the halt. */
  halt(direction: 'in' | 'out', endpoint: number): void;
  /** Pulls its own plug. */
  vanish(): void;
}

/**
 * What a virtual USB device does. Requests that a method is missing for, or does not understand, stall; so does what
 * a method throws at. Bytes that it is given are its own.
 */
export interface UsbFunction {
  /** A class or vendor request to the device; undefined stalls. A pending promise keeps the host waiting. */
  controlIn?(setup: UsbSetup, length: number): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** False stalls. */
  controlOut?(setup: UsbSetup, data: Uint8Array): boolean | Promise<boolean>;
  /** A descriptor of an interface's class (HID report descriptor, 0x22); undefined stalls. */
  classDescriptor?(type: number, index: number, interfaceNumber: number): Uint8Array | undefined;
  /** One transfer on a bulk or interrupt OUT endpoint. A pending promise keeps the host waiting, and takes no more. */
  received?(endpoint: number, data: Uint8Array): void | Promise<void>;
  /** The host chose an alternate setting; what was sent on the interface and not taken is dropped. */
  alternateSetting?(interfaceNumber: number, setting: number): void;
  /** The host cleared a halt, or made sure that there is none. */
  haltCleared?(direction: 'in' | 'out', endpoint: number): void;
  /** The plug was pulled: timers end here. */
  powerDown?(): void;
}
