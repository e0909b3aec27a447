import { InputError } from '@buergerkoffer/formats';
import type { ReplayProgress } from '../replay/replay-progress.js';
import type { UsbFunction, UsbHost, VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import { CaptureScript } from './capture-script.js';
import { captureSteps, type CaptureStep, type DeviceStep } from './capture-step.js';
import { capturedDevice, isDescribed, type CapturedDevice } from './captured-device.js';
import { readCapturedTransfers, type CapturedAddress } from './captured-transfer.js';

/** Which device of a recording. */
export interface ReplayCaptureOptions {
  readonly vendorId?: number;
  readonly productId?: number;
  /** Its number on the bus, where the recording has two that are alike. */
  readonly address?: number;
}

/** A recorded device, to be plugged in like any other that is virtual. */
export interface ReplayedUsbDevice extends VirtualUsbDevice {
  /** How far the session has come that began when it was plugged in last: steps of the host and of the device. */
  readonly progress: ReplayProgress;
}

/**
 * A device that does what the one in a recording did (pcapng or pcap, made with usbmon): each request and each
 * transfer to it must be the recorded one, byte for byte, and is answered as it was; what the device sent comes when
 * all before it was done. The first difference is told to `failed` of whatever it is plugged into and by `progress`,
 * with the number of the step; from then on everything stalls. Standard requests are the kernel's, and are answered
 * however they come. It begins anew each time it is plugged in.
 *
 * Without options it is the device with the most steps. Throws `InputError` with the offset of the fault: `malformed`,
 * `truncated` (also for a transfer of which only the first bytes were kept), `unsupported` for something else than USB
 * packets of Linux; `missing` when no device of the recording fits, or none told what it is.
 */
export function replayCapture(file: Uint8Array, options: ReplayCaptureOptions = {}): ReplayedUsbDevice {
  const { device, steps } = chooseDevice(file, options);
  let script = new CaptureScript(steps, () => undefined);
  return {
    ...device.description,
    get progress() {
      return script.progress;
    },
    powerUp: (host) => {
      script = new CaptureScript(steps, sendTo(host));
      script.start();
      return played(script, host, device);
    },
  };
}

/** A device of a recording. */
export interface ChosenDevice {
  readonly address: CapturedAddress;
  readonly device: CapturedDevice;
  readonly steps: readonly CaptureStep[];
}

/** The device of a recording that `options` mean. Throws as `replayCapture`. */
export function chooseDevice(file: Uint8Array, options: ReplayCaptureOptions): ChosenDevice {
  const found = readCapturedTransfers(file)
    .filter((address) => isDescribed(address))
    .map((address) => ({
      address,
      device: capturedDevice(address),
      steps: captureSteps(address.transfers),
    }))
    .filter(({ address, device }) => {
      const { vendorId, productId } = device.description;
      return (
        (options.vendorId ?? vendorId) === vendorId &&
        (options.productId ?? productId) === productId &&
        (options.address ?? address.address) === address.address
      );
    });
  const [first, ...rest] = found;
  if (first !== undefined) {
    return rest.reduce((best, one) => (one.steps.length > best.steps.length ? one : best), first);
  }
  throw new InputError(
    'missing',
    'the recording has no such device, or not the answers that tell what it is',
    {
      remedy: 'begin to record before the device is plugged in',
    },
  );
}

function sendTo(host: UsbHost): (step: DeviceStep) => void {
  return ({ endpoint, data, ended, stall }) => {
    if (stall) host.halt('in', endpoint);
    else host.send(endpoint, data, ended);
  };
}

/** What the device does; what it throws its host sees as a stall. */
function played(script: CaptureScript, host: UsbHost, device: CapturedDevice): UsbFunction {
  const sources = device.description.interfaces
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ direction }) => direction === 'in')
    .map(({ number }) => number);
  const take: CaptureScript['take'] = async (action) => {
    try {
      return await script.take(action);
    } catch (error) {
      // Nobody shall wait for what will not come.
      for (const endpoint of new Set(sources)) host.halt('in', endpoint);
      throw error;
    }
  };
  return {
    controlIn: async (setup) => {
      const { stall, data } = await take({ type: 'control-in', setup });
      return stall ? undefined : data;
    },
    controlOut: async (setup, data) => !(await take({ type: 'control-out', setup, data })).stall,
    received: async (endpoint, data) => {
      const { stall } = await take({ type: 'out', endpoint, data });
      if (stall) host.halt('out', endpoint);
    },
    haltCleared: (direction, endpoint) => {
      if (direction === 'in' && script.progress.mismatch !== undefined) host.halt('in', endpoint);
    },
    classDescriptor: (type, index, of) => device.classDescriptor(type, index, of),
    powerDown: () => {
      script.end();
    },
  };
}
