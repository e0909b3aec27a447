import type { BusKind } from '../../port.js';
import { expectThat } from '../contract.js';
import { begun, endsWith, keeps, refuses, staysPending } from './expectations.js';
import { LATE_MS, limitsOf, PATIENT } from './limits.js';
import { opened, withTransport } from './reference-ports.js';
import type { TransportKit } from './transport-kit.js';
import type { TransportCase } from './transport-under-test.js';
import { hearsOfTheLoss } from './unplugging.js';

const REASON = new Error('not wanted any more');

/** What every transport promises of a call that is not answered, and of what comes after it. */
export function pendingCalls<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  const call = kit.stuckCall;
  return [
    {
      name: `${call} that is aborted rejects with the reason at once, and the transport goes on`,
      needs: ['cancel'],
      run: (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs, quietMs } = limitsOf(subject);
          const stuck = await kit.stuck(transport);
          const controller = new AbortController();
          const pending = begun(stuck({ signal: controller.signal, ...PATIENT }));
          await staysPending(call, quietMs, pending);
          controller.abort(REASON);
          await endsWith(`${call} that is aborted`, atOnceMs, pending, REASON);
          await keeps('an exchange after the abort', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: `${call} that is aborted in the moment in which it begins rejects with the reason`,
      needs: ['cancel'],
      run: (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const stuck = await kit.stuck(transport);
          const controller = new AbortController();
          const pending = begun(stuck({ signal: controller.signal, ...PATIENT }));
          controller.abort(REASON);
          await endsWith(`${call} that is aborted`, atOnceMs, pending, REASON);
          await keeps('an exchange after the abort', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: `${call} that was aborted beforehand rejects with the reason, and the transport goes on`,
      run: (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const stuck = await kit.stuck(transport);
          const refused = stuck({ signal: AbortSignal.abort(REASON), ...PATIENT });
          await endsWith(`${call} that was aborted`, atOnceMs, refused, REASON);
          await keeps('an exchange after the abort', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: `${call} that is not answered by its deadline is a timeout, and the transport goes on`,
      needs: ['deadline'],
      run: (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs, shortMs } = limitsOf(subject);
          const stuck = await kit.stuck(transport);
          const pending = begun(stuck({ timeoutMs: shortMs }));
          await staysPending(`${call} before its deadline`, shortMs / 2, pending);
          await refuses(`${call} that is late`, shortMs + atOnceMs, pending, 'timeout');
          await keeps('an exchange after the time-out', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: `\`close()\` ends ${call} as closed, and does not wait for its answer`,
      spoils: true,
      run: async (subject) => {
        const { closeMs } = limitsOf(subject);
        const transport = await opened(subject);
        const stuck = await kit.stuck(transport);
        const pending = begun(stuck(PATIENT));
        await keeps(`close() during ${call}`, closeMs, transport.close());
        await refuses(call, closeMs, pending, 'closed');
        const end = await keeps('ended', closeMs, transport.ended);
        expectThat(end.reason === 'closed', `ended says ${end.reason} after close()`);
      },
    },
  ];
}

/** What every transport that hears of a loss promises of a call that is pending then. */
export function pendingAtLoss<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  const call = kit.stuckCall;
  return [
    {
      name: `${call} is lost when the plug is pulled, and so is every later call`,
      needs: ['unplug'],
      run: async (subject) => {
        const { atOnceMs, lossMs, quietMs } = limitsOf(subject);
        const transport = await opened(subject);
        const stuck = await kit.stuck(transport);
        const pending = begun(stuck(PATIENT));
        await staysPending(call, quietMs, pending);
        await subject.unplug?.();
        await refuses(call, lossMs, pending, 'lost');
        await hearsOfTheLoss(subject, transport);
        for (const later of kit.calls(transport)) {
          await refuses(`${later.name} after the loss`, atOnceMs, later.make(), 'lost');
        }
      },
    },
    {
      name: `a device that is unplugged while ${call} is ended by \`close()\` is closed or lost, once`,
      needs: ['unplug'],
      run: async (subject) => {
        const { closeMs, lossMs } = limitsOf(subject);
        const transport = await opened(subject);
        const stuck = await kit.stuck(transport);
        const pending = begun(stuck(PATIENT));
        const closing = begun(transport.close());
        await subject.unplug?.();
        await keeps('close() while the plug is pulled', closeMs, closing);
        await refuses(call, lossMs, pending, 'closed', 'lost');
        const first = (await keeps('ended', lossMs, transport.ended)).reason;
        await keeps('close() afterwards', closeMs, transport.close());
        const then = (await keeps('ended', lossMs, transport.ended)).reason;
        expectThat(first === then, `ended says ${first} first and ${then} then`);
      },
    },
  ];
}

/** What every transport promises of calls that are answered in the end. */
export function answeredCalls<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  return [
    {
      name: `a call that names no deadline outlasts ${LATE_MS} ms of silence`,
      run: (subject) =>
        withTransport(subject, async (transport) => {
          await keeps('a late answer', limitsOf(subject).patienceMs, kit.late(transport));
        }),
    },
    {
      name: 'a signal that outlives its calls keeps no listener of them',
      run: (subject) =>
        withTransport(subject, async (transport) => {
          const { signal, listeners } = countedSignal();
          for (let time = 0; time < 5; time += 1) await kit.exchange(transport, { signal });
          expectThat(listeners() === 0, `${listeners()} listeners are left on the signal of ended calls`);
        }),
    },
  ];
}

/** A signal that knows how many listeners it has. */
function countedSignal(): { readonly signal: AbortSignal; readonly listeners: () => number } {
  const { signal } = new AbortController();
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.defineProperties(signal, {
    addEventListener: {
      value: (...[type, listener, options]: Parameters<typeof add>) => {
        listeners.add(listener);
        add(type, listener, options);
      },
    },
    removeEventListener: {
      value: (...[type, listener, options]: Parameters<typeof remove>) => {
        listeners.delete(listener);
        remove(type, listener, options);
      },
    },
  });
  return { signal, listeners: () => listeners.size };
}
