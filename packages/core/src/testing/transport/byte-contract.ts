import type { TransportKit, Mark } from './transport-kit.js';
import type { TransportCase } from './transport-under-test.js';
import { exclusiveUse, openAndClose } from './open-and-close.js';
import { leavingNoOpen, leavingNothing, leavingNothingLost } from './leaving-nothing.js';
import { lineBytes } from './line-bytes.js';
import { asked, lineKit, type LineKind } from './line-kit.js';
import { lineReading } from './line-reading.js';
import { answeredCalls, pendingAtLoss, pendingCalls } from './pending-calls.js';
import { twins, unplugging } from './unplugging.js';

/** What is known of the way to the reference device. */
export interface LineWay {
  /** More bytes than lie on the way while the device takes none: 1 MiB on serial lines by default, 16 MiB on TCP. */
  readonly fillingBytes?: number;
}

/** What a serial line promises, tried on the reference device at its far end (see `LINE_FRAME`). */
export function serialContract({ fillingBytes = 1 << 20 }: LineWay = {}): readonly TransportCase<'serial'>[] {
  const kit = lineKit<'serial'>(fillingBytes);
  return [...openAndClose(kit), ...exclusiveUse(kit), ...lineCases(kit)];
}

/** What a TCP connection promises, several of which may be open at once; the same reference device listens. */
export function tcpContract({ fillingBytes = 1 << 24 }: LineWay = {}): readonly TransportCase<'tcp'>[] {
  const kit = lineKit<'tcp'>(fillingBytes);
  return [...openAndClose(kit), ...lineCases(kit)];
}

function lineCases<K extends LineKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  const mark: Mark<K> = {
    set: (line, value) => asked(line, (device) => device.setMark(value)),
    get: (line) => asked(line, (device) => device.getMark()),
  };
  return [
    ...lineBytes<K>(),
    ...lineReading<K>(),
    ...answeredCalls(kit),
    ...pendingCalls(kit),
    ...pendingAtLoss(kit),
    ...unplugging(kit),
    ...twins(mark),
    ...leavingNoOpen<K>(),
    ...leavingNothing(kit),
    ...leavingNothingLost(kit),
  ];
}
