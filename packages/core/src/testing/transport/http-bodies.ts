import { delay } from '../../deadline.js';
import { expectThat } from '../contract.js';
import { becomes, begun, endsWith, keeps, refuses, sameBytes } from './expectations.js';
import { bodyOf, front, get, httpKit, running } from './http-kit.js';
import { HTTP_GATE_BYTES, HTTP_REFERENCE } from './http-protocol.js';
import { limitsOf, PATIENT } from './limits.js';
import { patternBytes } from './pattern.js';
import { closedAfter, opened, openedSoon, withTransport } from './reference-ports.js';
import type { TransportCase } from './transport-under-test.js';

const REASON = new Error('not wanted any more');

/** What an HTTP transport promises of bodies: they come as they are sent, and end when nobody wants them. */
export function httpBodies(): readonly TransportCase<'http'>[] {
  return [
    {
      name: 'a body comes as it is sent, not when it is whole',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          const response = await keeps('the head', patienceMs, get(service, HTTP_REFERENCE.gate));
          const { bytes, rest } = await keeps('the front', patienceMs, front(response, HTTP_GATE_BYTES));
          sameBytes('the front', bytes, patternBytes(HTTP_GATE_BYTES, 1));
          await keeps(
            'the gate opens',
            patienceMs,
            opensGates(() => get(service, HTTP_REFERENCE.open)),
          );
          const back = await keeps('the rest', patienceMs, bodyOf({ ...response, body: whole(rest) }));
          sameBytes('the rest', back, patternBytes(HTTP_GATE_BYTES, 2));
        }),
    },
    {
      name: 'the deadline of a request ends with its head',
      needs: ['deadline'],
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs, quietMs } = limitsOf(subject);
          // Long enough for a head, shorter than the pause behind it.
          const timeoutMs = 10 * quietMs;
          const response = await keeps(
            'the head',
            patienceMs,
            get(service, HTTP_REFERENCE.gate, { timeoutMs }),
          );
          const body = begun(bodyOf(response));
          await delay(2 * timeoutMs);
          await keeps(
            'the gate opens',
            patienceMs,
            opensGates(() => get(service, HTTP_REFERENCE.open)),
          );
          const { length } = await keeps('the body', patienceMs, body);
          expectThat(length === 2 * HTTP_GATE_BYTES, `${length} bytes came behind a slow gate`);
        }),
    },
    {
      name: 'the signal of a request ends its body too',
      needs: ['cancel'],
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const controller = new AbortController();
          const { signal } = controller;
          const response = await keeps('the head', patienceMs, get(service, HTTP_REFERENCE.gate, { signal }));
          const { rest } = await keeps('the front', patienceMs, front(response, HTTP_GATE_BYTES));
          const pending = begun(rest.next());
          controller.abort(REASON);
          await endsWith('reading the body', atOnceMs, pending, REASON);
          await nothingRuns(patienceMs, () => running(service));
        }),
    },
    {
      name: 'whoever stops reading a body cancels it',
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          const response = await keeps('the head', patienceMs, get(service, HTTP_REFERENCE.endless));
          for await (const chunk of response.body) {
            expectThat(chunk.length > 0, 'an empty chunk came');
            break;
          }
          await nothingRuns(patienceMs, () => running(service));
        }),
    },
    {
      name: 'a request that is aborted before its head is cancelled',
      needs: ['cancel'],
      run: (subject) =>
        withTransport(subject, async (service) => {
          const { patienceMs } = limitsOf(subject);
          const stuck = await httpKit.stuck(service);
          const controller = new AbortController();
          const pending = begun(stuck({ signal: controller.signal }));
          await becomes('the request arrives', patienceMs, async () => (await running(service)) === 1);
          controller.abort(REASON);
          await endsWith('the request', patienceMs, pending, REASON);
          await nothingRuns(patienceMs, () => running(service));
        }),
    },
    {
      name: '`close()` ends bodies, read and unread, as closed',
      run: async (subject) => {
        const { closeMs, patienceMs } = limitsOf(subject);
        const closing = await opened(subject);
        const read = await keeps('a head', patienceMs, get(closing, HTTP_REFERENCE.gate));
        const unread = await keeps('another head', patienceMs, get(closing, HTTP_REFERENCE.gate));
        const { rest } = await keeps('the front', patienceMs, front(read, HTTP_GATE_BYTES));
        const pending = begun(rest.next());
        await keeps('close() while a body is read', closeMs, closing.close());
        await refuses('reading the body', closeMs, pending, 'closed');
        await refuses('reading the other body', closeMs, bodyOf(unread), 'closed');
        await withTransport(subject, (service) => nothingRuns(patienceMs, () => running(service)));
      },
    },
    {
      name: 'what is under way when the service goes away is lost',
      needs: ['unplug'],
      run: async (subject) => {
        const { lossMs, patienceMs } = limitsOf(subject);
        const service = await opened(subject);
        await closedAfter(subject, service, async () => {
          const response = await keeps('a head', patienceMs, get(service, HTTP_REFERENCE.gate));
          const { rest } = await keeps('the front', patienceMs, front(response, HTTP_GATE_BYTES));
          const body = begun(rest.next());
          const stuck = await httpKit.stuck(service);
          const head = begun(stuck(PATIENT));
          await becomes('both are under way', patienceMs, async () => (await running(service)) === 2);
          await subject.unplug?.();
          await refuses('the request', lossMs, head, 'lost');
          await refuses('reading the body', lossMs, body, 'lost');
          const later = httpKit.calls(service).map((call) => call.make());
          for (const call of later) await refuses('a later request', patienceMs, call, 'lost', 'not-found');
        });
      },
    },
    {
      name: 'a service that has come back answers',
      needs: ['replug'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        await withTransport(subject, (service) => httpKit.exchange(service));
        await subject.unplug?.();
        await subject.plug?.();
        const service = await openedSoon(subject, 'gone');
        await closedAfter(subject, service, () =>
          keeps('an exchange', patienceMs, httpKit.exchange(service)),
        );
      },
    },
  ];
}

/** The service must have heard that nobody waits for an answer any more. */
function nothingRuns(ms: number, count: () => Promise<number>): Promise<void> {
  return becomes('no answer is under way any more', ms, async () => (await count()) === 0);
}

async function opensGates(ask: () => ReturnType<typeof get>): Promise<void> {
  await bodyOf(await ask());
}

function whole(rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => rest };
}
