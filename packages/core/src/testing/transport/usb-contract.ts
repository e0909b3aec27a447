import { leavingNoOpen, leavingNothing, leavingNothingLost } from './leaving-nothing.js';
import { exclusiveUse, openAndClose } from './open-and-close.js';
import { answeredCalls, pendingAtLoss, pendingCalls } from './pending-calls.js';
import type { TransportCase } from './transport-under-test.js';
import { twins, unplugging } from './unplugging.js';
import { usbCancelling } from './usb-cancelling.js';
import { usbHalts } from './usb-halts.js';
import { usbInterfaces } from './usb-interfaces.js';
import { usbKits, usbMark } from './usb-kit.js';
import { usbRequests } from './usb-requests.js';
import { usbTransfers } from './usb-transfers.js';

/** What every USB transport promises, tried on the reference device (see `USB_REFERENCE`). */
export function usbContract(): readonly TransportCase<'usb'>[] {
  const kits = usbKits();
  const [kit] = kits;
  return [
    ...openAndClose(kit),
    ...exclusiveUse(kit),
    ...usbTransfers(),
    ...usbRequests(),
    ...usbHalts(),
    ...answeredCalls(kit),
    ...kits.flatMap((each) => [...pendingCalls(each), ...pendingAtLoss(each)]),
    ...usbCancelling(),
    ...usbInterfaces(),
    ...unplugging(kit),
    ...twins(usbMark),
    ...leavingNoOpen<'usb'>(),
    ...kits.flatMap((each) => [...leavingNothing(each), ...leavingNothingLost(each)]),
  ];
}
