import type { UsbSetup } from '@buergerkoffer/core';
import type { UsbDescriptors } from './descriptors-of.js';
import type { Pipes } from './pipes.js';
import type { UsbFunction } from './virtual-usb-device.js';

/** Standard requests (USB 2.0, table 9-4; USB 3.2, table 9-5). */
const REQUEST = {
  getStatus: 0,
  clearFeature: 1,
  setFeature: 3,
  setAddress: 5,
  getDescriptor: 6,
  getConfiguration: 8,
  setConfiguration: 9,
  getInterface: 10,
  setInterface: 11,
  setSel: 48,
  setIsochDelay: 49,
} as const;

const DESCRIPTOR = { device: 1, configuration: 2, string: 3, bos: 15 } as const;
const ENDPOINT_HALT = 0;
const REMOTE_WAKEUP = 1;

/** What standard requests read and change. */
export interface DeviceState {
  readonly descriptors: UsbDescriptors;
  readonly pipes: Pipes;
  readonly function: UsbFunction;
}

/** The answer to a standard request that asks, whole; undefined stalls. */
export function standardIn(setup: UsbSetup, state: DeviceState): Uint8Array | undefined {
  const { descriptors, pipes } = state;
  switch (setup.request) {
    case REQUEST.getDescriptor:
      return setup.recipient === 'interface'
        ? interfaceDescriptor(setup, state)
        : descriptor(setup, descriptors);
    case REQUEST.getStatus:
      return statusOf(setup, pipes);
    case REQUEST.getConfiguration:
      return new Uint8Array([pipes.configured ? descriptors.configurationValue : 0]);
    case REQUEST.getInterface: {
      const setting = pipes.settingOf(setup.index);
      return setting === undefined ? undefined : new Uint8Array([setting]);
    }
    default:
      return undefined;
  }
}

/** Does a standard request that tells; false stalls. */
export function standardOut(setup: UsbSetup, state: DeviceState): boolean {
  const { descriptors, pipes } = state;
  switch (setup.request) {
    case REQUEST.setConfiguration:
      if (setup.value !== 0 && setup.value !== descriptors.configurationValue) return false;
      pipes.configure(setup.value !== 0);
      return true;
    case REQUEST.setInterface:
      if (!pipes.select(setup.index, setup.value)) return false;
      state.function.alternateSetting?.(setup.index, setup.value);
      return true;
    case REQUEST.clearFeature:
    case REQUEST.setFeature:
      return feature(setup, state);
    case REQUEST.setAddress:
    case REQUEST.setSel:
    case REQUEST.setIsochDelay:
      return true;
    default:
      return false;
  }
}

function descriptor({ value, index }: UsbSetup, descriptors: UsbDescriptors): Uint8Array | undefined {
  const [type, number] = [value >> 8, value & 0xff];
  switch (type) {
    case DESCRIPTOR.device:
      return descriptors.device;
    case DESCRIPTOR.configuration:
      return number === 0 ? descriptors.configuration : undefined;
    case DESCRIPTOR.string:
      return descriptors.string(number, index);
    case DESCRIPTOR.bos:
      return descriptors.bos;
    default:
      return undefined;
  }
}

/** A descriptor of a class: from the device's code, else the one that stands in the configuration. */
function interfaceDescriptor({ value, index }: UsbSetup, state: DeviceState): Uint8Array | undefined {
  const [type, number] = [value >> 8, value & 0xff];
  return (
    state.function.classDescriptor?.(type, number, index) ??
    (number === 0 ? state.descriptors.classDescriptor(type, index) : undefined)
  );
}

function statusOf({ recipient, index }: UsbSetup, pipes: Pipes): Uint8Array | undefined {
  if (recipient !== 'endpoint' || isControlEndpoint(index)) return new Uint8Array(2);
  const pipe = pipes.of(directionOf(index), index & 15);
  return pipe === undefined ? undefined : new Uint8Array([pipe.halted ? 1 : 0, 0]);
}

function feature({ request, recipient, value, index }: UsbSetup, state: DeviceState): boolean {
  if (recipient !== 'endpoint') return recipient === 'device' && value === REMOTE_WAKEUP;
  if (value !== ENDPOINT_HALT) return false;
  if (isControlEndpoint(index)) return true;
  const [direction, number] = [directionOf(index), index & 15];
  const pipe = state.pipes.of(direction, number);
  if (pipe === undefined) return false;
  if (request === REQUEST.setFeature) pipe.halt();
  else {
    pipe.clearHalt();
    state.function.haltCleared?.(direction, number);
  }
  return true;
}

function directionOf(address: number): 'in' | 'out' {
  return (address & 0x80) === 0 ? 'out' : 'in';
}

function isControlEndpoint(address: number): boolean {
  return (address & 15) === 0;
}
