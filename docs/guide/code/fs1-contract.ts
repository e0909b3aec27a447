import { busSource, DeviceManager } from '@buergerkoffer/core';
import { FaultScript } from '@buergerkoffer/core/simulation';
import { runContract, type DeviceUnderTest } from '@buergerkoffer/core/testing';
import { LabBus, plugUsb } from '@buergerkoffer/device-lab';
import { FINGERPRINT_SCANNER, type FingerprintScanner } from '@buergerkoffer/fingerprint';
import { fingerprintScannerContract } from '@buergerkoffer/fingerprint/testing';
import { firstValueFrom } from 'rxjs';
import { fs1Driver } from './fs1-driver.js';
import { virtualFs1 } from './fs1-hardware.js';

// #region contract
/** A fresh FS-1 on a bus of its own, for one case of the suite. */
export function fs1UnderTest(): DeviceUnderTest<FingerprintScanner> {
  const faults = new FaultScript();
  const lifts = { count: 0 };
  const bus = new LabBus('usb');
  const manager = new DeviceManager([busSource(bus, [fs1Driver])]);
  let plugged = plugUsb(bus, virtualFs1(lifts), { faults });
  return {
    open: async (signal) => {
      const [candidate] = await firstValueFrom(manager.of(FINGERPRINT_SCANNER));
      if (candidate === undefined) throw new Error('no FS-1 on the bus');
      return (await manager.open(candidate, { owner: 'contract', reason: 'test' }, signal)).device;
    },
    unplug: () => {
      plugged.unplug();
    },
    plug: () => {
      plugged = plugUsb(bus, virtualFs1(lifts), { faults });
    },
    fault: (_, fault) => {
      if (fault.type === 'retry') lifts.count = fault.times;
      else faults.plan({ operation: 'in', fault });
    },
  };
}

/** Runs the suite without a test framework. */
export function runFs1Contract() {
  return runContract(fingerprintScannerContract, fs1UnderTest);
}
// #endregion
