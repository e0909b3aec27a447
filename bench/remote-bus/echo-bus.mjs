// A USB bus that answers at once, for bench/remote-bus.mjs.
import { NEVER } from 'rxjs';
import { DeviceLife } from '@buergerkoffer/core';
import { serveBus } from '@buergerkoffer/core/node';

await serveBus({
  kind: 'usb',
  events: NEVER,
  open: () => {
    const life = new DeviceLife();
    return Promise.resolve({
      interfaceNumber: 0,
      endpoints: [],
      ended: life.ended,
      close: () => life.close(),
      controlTransferIn: () => Promise.resolve({ status: 'stall' }),
      controlTransferOut: () => Promise.resolve({ status: 'stall' }),
      transferIn: (_, length) => Promise.resolve({ status: 'ok', data: new Uint8Array(length) }),
      transferOut: (_, data) => Promise.resolve({ status: 'ok', bytesWritten: data.length }),
      clearHalt: () => Promise.resolve(),
    });
  },
});
