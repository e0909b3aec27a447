import { ByteReader, InputError } from '@buergerkoffer/formats';
import { ConfigurationBuilder } from './configuration-builder.js';
import { DESCRIPTOR, type Report } from './descriptor-reader.js';
import type { UsbConfigurationDescriptor, UsbDescriptors, UsbDeviceDescriptor } from './descriptor.js';

const DEVICE_BYTES = 18;
const CONFIGURATION_BYTES = 9;

/** The device descriptor that `bytes` begin with. Throws `InputError` with the offset of the fault. */
export function parseUsbDevice(bytes: Uint8Array): UsbDeviceDescriptor {
  return readDevice(new ByteReader(bytes, { order: 'little' }));
}

/**
 * The configuration descriptor that `bytes` begin with, and all that it announces. Throws `InputError` with the
 * offset at the first lie: a length of zero or beyond the end, interfaces or endpoints that are announced and
 * missing, or there twice.
 */
export function parseUsbConfiguration(bytes: Uint8Array): UsbConfigurationDescriptor {
  return readConfiguration(new ByteReader(bytes, { order: 'little' }), (fault) => {
    throw fault;
  });
}

/**
 * All descriptors of a device, one behind the other as Linux gives them: the device, then every configuration.
 * Tolerant like the kernel, because devices that lie a little are sold and work: what can be read is there, what
 * cannot is left out and stands in `faults`. Throws `InputError` only where not even the device descriptor is one.
 */
export function readUsbDescriptors(bytes: Uint8Array): UsbDescriptors {
  const reader = new ByteReader(bytes, { order: 'little' });
  const device = readDevice(reader);
  const configurations: UsbConfigurationDescriptor[] = [];
  const faults: InputError[] = [];
  const report: Report = (fault) => {
    faults.push(fault);
  };
  try {
    while (reader.remaining > 0) configurations.push(readConfiguration(reader, report));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report(error);
  }
  if (configurations.length !== device.configurationCount) {
    report(
      new InputError(
        'missing',
        `${device.configurationCount} configurations are announced, ${configurations.length} are there`,
        { offset: DEVICE_BYTES - 1 },
      ),
    );
  }
  return { device, configurations, faults };
}

function readDevice(reader: ByteReader): UsbDeviceDescriptor {
  const start = reader.offset;
  const bLength = reader.u8();
  const type = reader.u8();
  if (bLength < DEVICE_BYTES || type !== DESCRIPTOR.device) {
    throw new InputError('malformed', `no device descriptor (length ${bLength}, type ${type})`, {
      offset: start,
    });
  }
  const usbVersion = reader.u16();
  const [deviceClass, deviceSubclass, deviceProtocol] = [reader.u8(), reader.u8(), reader.u8()];
  reader.skip(1);
  const device = {
    usbVersion,
    deviceClass,
    deviceSubclass,
    deviceProtocol,
    vendorId: reader.u16(),
    productId: reader.u16(),
    deviceVersion: reader.u16(),
    makerIndex: reader.u8(),
    modelIndex: reader.u8(),
    serialNumberIndex: reader.u8(),
    configurationCount: reader.u8(),
  };
  reader.skip(bLength - DEVICE_BYTES);
  return device;
}

/** Throws where there is no configuration descriptor to begin with; everything behind it is reported. */
function readConfiguration(reader: ByteReader, report: Report): UsbConfigurationDescriptor {
  const start = reader.offset;
  const bLength = reader.u8();
  const type = reader.u8();
  if (bLength < CONFIGURATION_BYTES || type !== DESCRIPTOR.configuration) {
    throw new InputError('malformed', `no configuration descriptor (length ${bLength}, type ${type})`, {
      offset: start,
    });
  }
  const totalBytes = reader.u16();
  const interfaceCount = reader.u8();
  const value = reader.u8();
  const nameIndex = reader.u8();
  const attributes = reader.u8();
  const maxPower = reader.u8();
  reader.skip(bLength - CONFIGURATION_BYTES);
  const builder = new ConfigurationBuilder(report, { interfaceCount, offset: start });
  builder.read(bodyOf(reader, totalBytes - bLength, start, report));
  return {
    value,
    nameIndex,
    selfPowered: (attributes & 0x40) !== 0,
    remoteWakeup: (attributes & 0x20) !== 0,
    maxPower,
    ...builder.finish(),
  };
}

/** What wTotalLength covers; all that is left where it covers more, nothing where it covers less than itself. */
function bodyOf(reader: ByteReader, length: number, start: number, report: Report): ByteReader {
  const wrong = (code: 'truncated' | 'malformed', message: string): void => {
    report(new InputError(code, message, { offset: start + 2 }));
  };
  if (length < 0) wrong('malformed', 'the configuration is announced shorter than its first descriptor');
  if (length > reader.remaining) {
    wrong('truncated', `the configuration is announced ${length - reader.remaining} bytes longer than it is`);
  }
  return reader.sub(Math.min(Math.max(length, 0), reader.remaining));
}
