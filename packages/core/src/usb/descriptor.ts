import type { InputError } from '@buergerkoffer/formats';

/** What a device says of itself (USB 2.0, 9.6.1). Indices name string descriptors; 0 is none. */
export interface UsbDeviceDescriptor {
  /** bcdUSB: `0x0210` is USB 2.1. */
  readonly usbVersion: number;
  readonly deviceClass: number;
  readonly deviceSubclass: number;
  readonly deviceProtocol: number;
  readonly vendorId: number;
  readonly productId: number;
  /** bcdDevice, the device's own release: `0x0104` is 1.04. */
  readonly deviceVersion: number;
  readonly makerIndex: number;
  readonly modelIndex: number;
  readonly serialNumberIndex: number;
  readonly configurationCount: number;
}

/** One way to use a device (USB 2.0, 9.6.3), with everything that belongs to it. */
export interface UsbConfigurationDescriptor {
  /** What SET_CONFIGURATION takes. */
  readonly value: number;
  readonly nameIndex: number;
  readonly selfPowered: boolean;
  readonly remoteWakeup: boolean;
  /** bMaxPower, in units of 2 mA (8 mA at SuperSpeed). */
  readonly maxPower: number;
  readonly associations: readonly UsbInterfaceAssociation[];
  /** Every alternate setting of every interface, in the order in which the device lists them. */
  readonly interfaces: readonly UsbInterfaceDescriptor[];
  /** Descriptors of other types ahead of the first interface, whole. */
  readonly extra: readonly Uint8Array[];
}

/** Interfaces that are one function (USB 2.0 ECN, Interface Association Descriptor). */
export interface UsbInterfaceAssociation {
  readonly firstInterface: number;
  readonly interfaceCount: number;
  readonly functionClass: number;
  readonly functionSubclass: number;
  readonly functionProtocol: number;
  readonly nameIndex: number;
}

/** One alternate setting of one interface (USB 2.0, 9.6.5). */
export interface UsbInterfaceDescriptor {
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  readonly nameIndex: number;
  readonly endpoints: readonly UsbEndpointDescriptor[];
  /** Descriptors of other types ahead of the first endpoint, whole: those of the class, such as HID or CCID. */
  readonly extra: readonly Uint8Array[];
}

/** One endpoint (USB 2.0, 9.6.6). */
export interface UsbEndpointDescriptor {
  readonly direction: 'in' | 'out';
  /** 1 to 15, without the direction bit. */
  readonly number: number;
  readonly type: 'control' | 'isochronous' | 'bulk' | 'interrupt';
  /** Bytes of one packet, 0 to 2047. */
  readonly packetSize: number;
  /** bInterval as it is; its unit depends on speed and type. */
  readonly interval: number;
  /** Descriptors of other types behind it, whole: those of the class, or of SuperSpeed. */
  readonly extra: readonly Uint8Array[];
}

/** All descriptors of a device as far as they can be read, and what is wrong with them. */
export interface UsbDescriptors {
  readonly device: UsbDeviceDescriptor;
  readonly configurations: readonly UsbConfigurationDescriptor[];
  /** Offsets count from the first byte of the device descriptor. */
  readonly faults: readonly InputError[];
}
