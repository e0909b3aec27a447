import { lastValueFrom, toArray } from 'rxjs';
import { ServiceError } from '../service-error.js';
import { contractCases, failure } from '../submission/contract-case.js';
import type { ContractCase } from '../submission/contract-case.js';
import type { MessageTransport, OutgoingMessage, TransportEvent } from './message-transport.js';

/** What a transport needs to be tested; made anew for each case and closed after it. */
export interface TransportFixture {
  readonly transport: MessageTransport;
  /** A message that the receiver takes over; a new identity on each call. */
  readonly acceptable: () => Promise<OutgoingMessage>;
  /** A message that the receiver rejects; a new identity on each call. */
  readonly rejectable: () => Promise<OutgoingMessage>;
  /** Identities that the receiver acted on, one entry for each act. */
  readonly acts: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** The contract of {@link MessageTransport}, for any transport and any receiver. */
export function messageTransportContract(make: () => Promise<TransportFixture>): readonly ContractCase[] {
  const contractCase = contractCases(make);
  return [
    contractCase('a message is accepted, then delivered, then nothing more', async (fixture) => {
      const message = await fixture.acceptable();
      const events = await all(fixture, message);
      requireEqual(typesOf(events).slice(0, 2).join(), 'accepted,delivered', 'the first events');
      requireEqual(typesOf(events).includes('rejected'), false, 'a rejection');
      requireEqual((await fixture.acts()).join(), message.messageId, 'what was acted on');
    }),
    contractCase('every event names its message and an instant', async (fixture) => {
      for (const message of [await fixture.acceptable(), await fixture.rejectable()]) {
        for (const { messageId, at } of await all(fixture, message)) {
          requireEqual(messageId, message.messageId, 'the message of an event');
          requireEqual(Number.isNaN(Date.parse(at)), false, 'an instant that is none');
        }
      }
    }),
    contractCase('nothing is sent before somebody subscribes', async (fixture) => {
      const waiting = await fixture.acceptable();
      void fixture.transport.submit(waiting);
      await all(fixture, await fixture.acceptable());
      requireEqual((await fixture.acts()).includes(waiting.messageId), false, 'an act without subscription');
    }),
    contractCase('the same message again is known and acted on once', async (fixture) => {
      const message = await fixture.acceptable();
      const first = await all(fixture, message);
      const second = await all(fixture, message);
      requireEqual(knownOf(first), false, 'known at first');
      requireEqual(knownOf(second), true, 'known at the second time');
      requireEqual(typesOf(second).join(), typesOf(first).join(), 'the events');
      requireEqual((await fixture.acts()).length, 1, 'the number of acts');
    }),
    contractCase('the same message twice at once is acted on once', async (fixture) => {
      const message = await fixture.acceptable();
      const both = await Promise.all([all(fixture, message), all(fixture, message)]);
      requireEqual(both.filter((events) => knownOf(events) === false).length, 1, 'how often it was new');
      requireEqual((await fixture.acts()).length, 1, 'the number of acts');
    }),
    contractCase('other bytes under a known identity are refused', async (fixture) => {
      const message = await fixture.acceptable();
      const other = await fixture.acceptable();
      await all(fixture, message);
      const error = await failure(all(fixture, { ...other, messageId: message.messageId }));
      requireEqual(error instanceof ServiceError && error.code, 'rejected', 'the code of the error');
      requireEqual((await fixture.acts()).length, 1, 'the number of acts');
    }),
    contractCase('a rejection says why in German and in English, and is the last event', async (fixture) => {
      const events = await all(fixture, await fixture.rejectable());
      const last = events.at(-1);
      requireEqual(typesOf(events)[0], 'accepted', 'the first event');
      requireEqual(last?.type, 'rejected', 'the last event');
      if (last?.type !== 'rejected') return;
      const { code, message, messageDe } = last.reason;
      requireEqual([code, message, messageDe].includes(''), false, 'an empty reason');
    }),
    contractCase('each answer comes once', async (fixture) => {
      const events = await all(fixture, await fixture.acceptable());
      const ids = events.flatMap((event) => (event.type === 'answered' ? [event.answer.answerId] : []));
      requireEqual(new Set(ids).size, ids.length, 'the number of answers');
    }),
    contractCase('who unsubscribes hears nothing more, and may submit the same again', async (fixture) => {
      const message = await fixture.acceptable();
      let isLeft = false;
      await new Promise<void>((resolve, reject) => {
        const subscription = fixture.transport.submit(message).subscribe({
          next: () => {
            if (isLeft) reject(new Error('an event after unsubscribing'));
          },
          error: reject,
        });
        subscription.unsubscribe();
        isLeft = true;
        setTimeout(resolve, 20);
      });
      requireEqual(typesOf(await all(fixture, message))[0], 'accepted', 'the first event');
      requireEqual((await fixture.acts()).length, 1, 'the number of acts');
    }),
    contractCase('a message without a UUID is refused before it leaves', async (fixture) => {
      const message = await fixture.acceptable();
      const error = await failure(all(fixture, { ...message, messageId: '../../etc' }));
      requireEqual(error instanceof Error && error.name, 'InputError', 'the name of the error');
      requireEqual((await fixture.acts()).length, 0, 'the number of acts');
    }),
  ];
}

function all({ transport }: TransportFixture, message: OutgoingMessage): Promise<readonly TransportEvent[]> {
  return lastValueFrom(transport.submit(message).pipe(toArray()), { defaultValue: [] });
}

function typesOf(events: readonly TransportEvent[]): readonly string[] {
  return events.map(({ type }) => type);
}

function knownOf([first]: readonly TransportEvent[]): boolean | undefined {
  return first?.type === 'accepted' ? first.known : undefined;
}

function requireEqual<Value>(actual: Value, expected: NoInfer<Value>, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)}, not ${String(expected)}`);
}
