import type { BusKind } from '../../port.js';
import { ContractViolation } from '../contract.js';
import { becomes, begun } from './expectations.js';
import { HELD_MS, limitsOf, PATIENT } from './limits.js';
import { closedAfter, opened, openedSoon, referencePort } from './reference-ports.js';
import type { TransportKit } from './transport-kit.js';
import type { TransportCase, TransportUnderTest } from './transport-under-test.js';
import { hearsOfTheLoss } from './unplugging.js';

/** What every transport leaves behind: nothing, however its calls and itself ended. */
export function leavingNothing<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  return [
    {
      name: `nothing is left of ${kit.stuckCall} that was aborted, late or ended by \`close()\``,
      needs: ['leaks'],
      spoils: true,
      run: (subject) =>
        leavesNothing(subject, async () => {
          const { shortMs } = limitsOf(subject);
          const transport = await opened(subject);
          await closedAfter(subject, transport, async () => {
            await kit.exchange(transport);
            const controller = new AbortController();
            const call = await kit.stuck(transport);
            const aborted = begun(call({ signal: controller.signal }));
            controller.abort(new Error('not wanted any more'));
            await aborted.catch(() => undefined);
            await kit.exchange(transport);
            const late = await kit.stuck(transport);
            await late({ timeoutMs: shortMs }).catch(() => undefined);
            await kit.exchange(transport);
            const closed = await kit.stuck(transport);
            void begun(closed());
          });
        }),
    },
  ];
}

/** What every transport that hears of a loss leaves behind of it: nothing. */
export function leavingNothingLost<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  return [
    {
      name: `nothing is left of a device that was unplugged during ${kit.stuckCall}`,
      needs: ['leaks', 'replug'],
      run: (subject) =>
        leavesNothing(subject, async () => {
          const transport = await openedSoon(subject, 'gone');
          const call = await kit.stuck(transport);
          const pending = begun(call(PATIENT));
          await subject.unplug?.();
          await hearsOfTheLoss(subject, transport);
          await pending.catch(() => undefined);
          await subject.plug?.();
        }),
    },
  ];
}

/** What every bus leaves behind of an open that nobody wants: nothing. */
export function leavingNoOpen<K extends BusKind>(): readonly TransportCase<K>[] {
  return [
    {
      name: 'nothing is left of an open that was aborted',
      needs: ['leaks'],
      run: (subject) =>
        leavesNothing(subject, async () => {
          const port = await referencePort(subject);
          const controller = new AbortController();
          const opening = begun(subject.bus.open(port, subject.openOptions, controller.signal));
          controller.abort(new Error('not wanted any more'));
          await opening.then((transport) => transport.close()).catch(() => undefined);
        }),
    },
  ];
}

/**
 * No count of the subject's may grow when `body` is done again; what is given back a moment later is fine, and so is
 * what a library sets up for good at its first use.
 */
export async function leavesNothing<K extends BusKind>(
  subject: TransportUnderTest<K>,
  body: () => Promise<void>,
): Promise<void> {
  const { patienceMs, quietMs } = limitsOf(subject);
  const count = (): Readonly<Record<string, number>> => subject.leaks?.() ?? {};
  const first = count();
  await body();
  // Reference hardware that was held may still have a timer of its own.
  await becomes(
    'everything is given back',
    HELD_MS + quietMs,
    () => grown(first, count()).length === 0,
  ).catch(() => undefined);
  const before = count();
  await body();
  await becomes('everything is given back', patienceMs, () => grown(before, count()).length === 0).catch(
    () => {
      throw new ContractViolation(`not given back in ${patienceMs} ms: ${grown(before, count()).join(', ')}`);
    },
  );
}

/** What there is more of than before. */
function grown(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): readonly string[] {
  return Object.entries(now)
    .filter(([name, many]) => many > (before[name] ?? 0))
    .map(([name, many]) => `${name} ${before[name] ?? 0} → ${many}`);
}
