import { cardCommands } from './card-commands.js';
import { cardKit, withCardIn } from './card-kit.js';
import { cardSlot } from './card-slot.js';
import { leavingNoOpen, leavingNothing, leavingNothingLost } from './leaving-nothing.js';
import { openAndClose } from './open-and-close.js';
import { answeredCalls, pendingAtLoss, pendingCalls } from './pending-calls.js';
import type { TransportCase } from './transport-under-test.js';
import { unplugging } from './unplugging.js';

/** What every card reader promises, tried on the reference card (see `CARD_REFERENCE`). */
export function cardContract(): readonly TransportCase<'pcsc'>[] {
  return [
    ...cardSlot(),
    ...withCardIn([
      ...openAndClose(cardKit),
      ...cardCommands(),
      ...answeredCalls(cardKit),
      ...pendingCalls(cardKit),
      ...pendingAtLoss(cardKit),
      ...unplugging(cardKit),
      ...leavingNoOpen<'pcsc'>(),
      ...leavingNothing(cardKit),
      ...leavingNothingLost(cardKit),
    ]),
  ];
}
