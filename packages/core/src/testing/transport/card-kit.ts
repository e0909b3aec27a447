import { filter } from 'rxjs';
import type { CallOptions, CardConnection, CardTransport } from '../../transport.js';
import { expectThat } from '../contract.js';
import {
  CARD_ANSWER_BYTES,
  CARD_COMMAND,
  CARD_STATUS,
  cardCommand,
  cardNumbers,
  readCardAnswer,
} from './card-protocol.js';
import { firstOf, keeps, sameBytes } from './expectations.js';
import { HELD_MS, LATE_MS, limitsOf, PATIENT } from './limits.js';
import { patternBytes } from './pattern.js';
import { withTransport } from './reference-ports.js';
import type { TransportKit } from './transport-kit.js';
import type { TransportCase, TransportUnderTest } from './transport-under-test.js';

/** How to talk to the reference card, which is in the slot. */
export const cardKit: TransportKit<'pcsc'> = {
  exchange: async (reader, options) => {
    const patient = { ...PATIENT, ...options };
    const card = await connected(reader, 'shared', patient);
    const bytes = patternBytes(100, 1);
    sameBytes('an echo', await echoed(card, bytes, patient), bytes);
    await card.close();
  },
  stuckCall: 'a pending command',
  stuck: async (reader) => {
    const card = await connected(reader, 'shared');
    const command = cardCommand(CARD_COMMAND.wait, cardNumbers(HELD_MS), 0);
    return (options) => card.transmit(command, options);
  },
  late: async (reader) => {
    const card = await connected(reader, 'shared');
    await answered(card, CARD_COMMAND.wait, cardNumbers(LATE_MS));
  },
  calls: (reader) => [
    { name: 'connect()', make: () => reader.connect('shared') },
    { name: 'control()', make: () => reader.control(0, new Uint8Array(0)) },
  ],
};

/** A connection to the card that is in the slot, or comes into it. */
export async function connected(
  reader: CardTransport,
  mode: 'exclusive' | 'shared',
  options?: CallOptions,
): Promise<CardConnection> {
  await firstOf(reader.card.pipe(filter(({ state }) => state === 'present')));
  return reader.connect(mode, options);
}

/** `bytes`, to the card and back. */
export function echoed(card: CardConnection, bytes: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
  return answered(card, CARD_COMMAND.echo, bytes, bytes.length, options);
}

/** What the card answers to a command that it must do. */
export async function answered(
  card: CardConnection,
  ins: number,
  data: Uint8Array,
  answers = 0,
  options?: CallOptions,
): Promise<Uint8Array> {
  const command = cardCommand(ins, data, Math.min(answers, CARD_ANSWER_BYTES));
  const answer = readCardAnswer(await card.transmit(command, options));
  expectThat(answer.status === CARD_STATUS.done, `the card answers ${answer.status.toString(16)}`);
  return answer.data;
}

/** The same cases with the card in the slot of the first reader. */
export function withCardIn(cases: readonly TransportCase<'pcsc'>[]): readonly TransportCase<'pcsc'>[] {
  return cases.map((one) => ({
    name: one.name,
    needs: ['card', ...(one.needs ?? [])],
    run: async (subject) => {
      await subject.insertCard?.();
      try {
        await one.run(subject);
      } finally {
        await subject.removeCard?.();
      }
    },
  }));
}

/** Connects to the card in the slot of the first reader for `body`. */
export async function onCard(
  subject: TransportUnderTest<'pcsc'>,
  body: (card: CardConnection, reader: CardTransport) => Promise<void>,
  mode: 'exclusive' | 'shared' = 'exclusive',
): Promise<void> {
  await withTransport(subject, async (reader) => {
    const { closeMs, patienceMs } = limitsOf(subject);
    const card = await keeps('a connection to the card', patienceMs, connected(reader, mode));
    await body(card, reader);
    await keeps('close() of the connection', closeMs, card.close());
  });
}
