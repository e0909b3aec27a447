import { hidKit, hidMark } from './hid-kit.js';
import type { HidReferenceModel } from './hid-protocol.js';
import { hidReports } from './hid-reports.js';
import { leavingNoOpen, leavingNothing, leavingNothingLost } from './leaving-nothing.js';
import { exclusiveUse, openAndClose } from './open-and-close.js';
import { answeredCalls, pendingAtLoss, pendingCalls } from './pending-calls.js';
import type { TransportCase } from './transport-under-test.js';
import { twins, unplugging } from './unplugging.js';

/** What every HID transport promises, tried on one of the two reference devices (see `HID_REFERENCE`). */
export function hidContract(model: HidReferenceModel): readonly TransportCase<'hid'>[] {
  const kit = hidKit(model);
  return [
    ...openAndClose(kit),
    ...exclusiveUse(kit),
    ...hidReports(model),
    ...answeredCalls(kit),
    ...pendingCalls(kit),
    ...pendingAtLoss(kit),
    ...unplugging(kit),
    ...twins(hidMark(model)),
    ...leavingNoOpen<'hid'>(),
    ...leavingNothing(kit),
    ...leavingNothingLost(kit),
  ];
}
