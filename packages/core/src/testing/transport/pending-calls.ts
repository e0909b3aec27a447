import type { BusKind } from '../../port.js';
import { expectThat } from '../contract.js';
import { begun, endsWith, keeps, refuses, staysPending } from './expectations.js';
import { LATE_MS, limitsOf } from './limits.js';
import { withTransport } from './reference-ports.js';
import type { TransportKit } from './transport-kit.js';
import type { TransportCase } from './transport-under-test.js';

/** A deadline that no case waits for, in milliseconds. */
const FAR_MS = 60_000;

/** What every transport promises of calls that are aborted, or not answered in time. */
export function pendingCalls<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  return [
    {
      name: 'a pending call that is aborted rejects with the reason at once, and the transport goes on',
      needs: ['cancel'],
      run: async (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs, quietMs } = limitsOf(subject);
          const call = await kit.stuck(transport);
          const controller = new AbortController();
          const reason = new Error('not wanted any more');
          const pending = begun(call({ signal: controller.signal, timeoutMs: FAR_MS }));
          await staysPending('a call that is not answered', quietMs, pending);
          controller.abort(reason);
          await endsWith('the aborted call', atOnceMs, pending, reason);
          await keeps('an exchange after the abort', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: 'a call that is aborted in the moment in which it is made rejects with the reason',
      needs: ['cancel'],
      run: async (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const call = await kit.stuck(transport);
          const controller = new AbortController();
          const reason = new Error('not wanted any more');
          const pending = begun(call({ signal: controller.signal, timeoutMs: FAR_MS }));
          controller.abort(reason);
          await endsWith('the aborted call', atOnceMs, pending, reason);
          await keeps('an exchange after the abort', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: 'a call whose signal was aborted beforehand rejects with the reason, and the transport goes on',
      run: async (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const call = await kit.stuck(transport);
          const reason = new Error('not wanted any more');
          const refused = call({ signal: AbortSignal.abort(reason), timeoutMs: FAR_MS });
          await endsWith('the aborted call', atOnceMs, refused, reason);
          await keeps('an exchange after the abort', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: 'a call that is not answered by its deadline is a timeout, and the transport goes on',
      needs: ['deadline'],
      run: async (subject) =>
        withTransport(subject, async (transport) => {
          const { atOnceMs, patienceMs, shortMs } = limitsOf(subject);
          const call = await kit.stuck(transport);
          const pending = begun(call({ timeoutMs: shortMs }));
          await staysPending('a call before its deadline', shortMs / 2, pending);
          await refuses('the late call', shortMs + atOnceMs, pending, 'timeout');
          await keeps('an exchange after the time-out', patienceMs, kit.exchange(transport));
        }),
    },
    {
      name: `a call that names no deadline outlasts ${LATE_MS} ms of silence`,
      run: async (subject) =>
        withTransport(subject, async (transport) => {
          await keeps('a late answer', limitsOf(subject).patienceMs, kit.late(transport));
        }),
    },
    {
      name: 'a signal that outlives its calls keeps no listener of them',
      run: async (subject) =>
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
