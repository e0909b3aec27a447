import { expectThat } from '../contract.js';
import { answered, connected, echoed, onCard } from './card-kit.js';
import {
  CARD_ANSWER_BYTES,
  CARD_COMMAND,
  CARD_DATA_BYTES,
  CARD_REFERENCE,
  CARD_STATUS,
  cardCommand,
  cardNumbers,
  readCardAnswer,
} from './card-protocol.js';
import { begun, endsWith, keeps, refuses, sameBytes, staysPending } from './expectations.js';
import { HELD_MS, limitsOf, PATIENT } from './limits.js';
import { patternBytes } from './pattern.js';
import { withTransport } from './reference-ports.js';
import type { TransportCase } from './transport-under-test.js';

const NOTHING = new Uint8Array(0);
const REASON = new Error('not wanted any more');

/** What a connection promises of commands, with the reference card in the slot. */
export function cardCommands(): readonly TransportCase<'pcsc'>[] {
  return [
    {
      name: 'commands and answers of every short size pass',
      run: (subject) =>
        onCard(subject, async (card) => {
          const { patienceMs } = limitsOf(subject);
          for (const size of [0, 1, 2, 16, 127, 128, 253, 254, 255]) {
            const bytes = patternBytes(size, size);
            const echo = await keeps(`an echo of ${size} bytes`, patienceMs, echoed(card, bytes));
            sameBytes(`an echo of ${size} bytes`, echo, bytes);
          }
        }),
    },
    {
      name: 'commands of every extended size pass',
      needs: ['extended-apdu'],
      run: (subject) =>
        onCard(subject, async (card) => {
          const { patienceMs } = limitsOf(subject);
          for (const size of [256, 257, 1000, 4096, 32_768, CARD_DATA_BYTES]) {
            const bytes = patternBytes(size, size);
            const echo = await keeps(`an echo of ${size} bytes`, patienceMs, echoed(card, bytes, PATIENT));
            sameBytes(`an echo of ${size} bytes`, echo, bytes);
          }
        }),
    },
    {
      name: 'answers of every extended size pass',
      needs: ['extended-apdu'],
      run: (subject) =>
        onCard(subject, async (card) => {
          const { patienceMs } = limitsOf(subject);
          for (const size of [255, 256, 257, 4096, CARD_ANSWER_BYTES]) {
            const asked = answered(card, CARD_COMMAND.answer, cardNumbers(size, 3), size, PATIENT);
            const answer = await keeps(`an answer of ${size} bytes`, patienceMs, asked);
            sameBytes(`an answer of ${size} bytes`, answer, patternBytes(size, 3));
          }
        }),
    },
    {
      name: 'a status that tells of an error is an answer',
      run: (subject) =>
        onCard(subject, async (card) => {
          const { patienceMs } = limitsOf(subject);
          const unknown = card.transmit(cardCommand(0x7e, NOTHING, 0));
          const answer = readCardAnswer(await keeps('an unknown command', patienceMs, unknown));
          expectThat(
            answer.status === CARD_STATUS.unknownInstruction && answer.data.length === 0,
            `an unknown command is answered by ${answer.status.toString(16)}`,
          );
        }),
    },
    {
      name: 'a connection tells the ATR of its card',
      run: (subject) =>
        onCard(subject, (card) => {
          sameBytes('the ATR', card.atr, CARD_REFERENCE.atr);
          return Promise.resolve();
        }),
    },
    {
      name: 'a card that is held exclusively is busy for everybody else until its connection is closed',
      run: (subject) =>
        withTransport(subject, async (reader) => {
          const { closeMs, patienceMs } = limitsOf(subject);
          const holder = await keeps('a connection', patienceMs, connected(reader, 'exclusive'));
          for (const mode of ['shared', 'exclusive'] as const) {
            await refuses(`a ${mode} connection`, patienceMs, reader.connect(mode), 'busy');
          }
          const bytes = patternBytes(20, 1);
          sameBytes('an echo', await keeps('an echo', patienceMs, echoed(holder, bytes)), bytes);
          await keeps('close() of the connection', closeMs, holder.close());
          const next = await keeps('the next connection', patienceMs, reader.connect('exclusive'));
          await keeps('close() of the connection', closeMs, next.close());
        }),
    },
    {
      name: 'shared connections stand beside one another, and nobody gets the card to itself meanwhile',
      run: (subject) =>
        onCard(
          subject,
          async (first, reader) => {
            const { closeMs, patienceMs } = limitsOf(subject);
            const second = await keeps('a second connection', patienceMs, reader.connect('shared'));
            for (const card of [first, second, first]) {
              const bytes = patternBytes(20, 2);
              sameBytes('an echo', await keeps('an echo', patienceMs, echoed(card, bytes)), bytes);
            }
            const greedy = reader.connect('exclusive');
            await refuses('an exclusive connection', patienceMs, greedy, 'busy');
            await keeps('close() of the second', closeMs, second.close());
            const bytes = patternBytes(20, 3);
            sameBytes('an echo', await keeps('an echo', patienceMs, echoed(first, bytes)), bytes);
          },
          'shared',
        ),
    },
    {
      name: 'a second command of a connection is busy while the first is under way',
      run: (subject) =>
        onCard(subject, async (card) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const first = begun(answered(card, CARD_COMMAND.wait, cardNumbers(500)));
          await refuses('a second command', atOnceMs, echoed(card, patternBytes(10, 1)), 'busy');
          await keeps('the first command', patienceMs, first);
          const bytes = patternBytes(20, 2);
          sameBytes('an echo', await keeps('an echo', patienceMs, echoed(card, bytes)), bytes);
        }),
    },
    {
      name: 'the answer to an aborted command is not taken for that to the next',
      needs: ['cancel'],
      run: (subject) =>
        onCard(subject, async (card) => {
          const { atOnceMs, patienceMs } = limitsOf(subject);
          const controller = new AbortController();
          const { signal } = controller;
          const late = begun(answered(card, CARD_COMMAND.wait, cardNumbers(500), 0, { signal }));
          controller.abort(REASON);
          await endsWith('the aborted command', atOnceMs, late, REASON);
          const bytes = patternBytes(30, 4);
          sameBytes('an echo', await keeps('an echo', patienceMs, echoed(card, bytes)), bytes);
        }),
    },
    {
      name: 'a closed connection refuses commands, and closing it twice is closing it once',
      run: (subject) =>
        withTransport(subject, async (reader) => {
          const { atOnceMs, closeMs, patienceMs } = limitsOf(subject);
          const card = await keeps('a connection', patienceMs, connected(reader, 'exclusive'));
          await keeps('close() beside close()', closeMs, Promise.all([card.close(), card.close()]));
          await keeps('close() after close()', closeMs, card.close());
          const end = await keeps('ended of the connection', closeMs, card.ended);
          expectThat(end.reason === 'closed', `ended says ${end.reason} after close()`);
          await refuses('a command', atOnceMs, echoed(card, patternBytes(10, 1)), 'closed');
        }),
    },
    {
      name: 'closing a connection ends its command as closed, and the card can be had again',
      run: (subject) =>
        withTransport(subject, async (reader) => {
          const { closeMs, patienceMs, quietMs } = limitsOf(subject);
          const card = await keeps('a connection', patienceMs, connected(reader, 'exclusive'));
          const wait = cardCommand(CARD_COMMAND.wait, cardNumbers(HELD_MS), 0);
          const pending = begun(card.transmit(wait, PATIENT));
          await staysPending('the command', quietMs, pending);
          await keeps('close() during a command', closeMs, card.close());
          await refuses('the command', closeMs, pending, 'closed');
          const next = await keeps('the next connection', patienceMs, reader.connect('exclusive'));
          const bytes = patternBytes(30, 5);
          sameBytes('an echo', await keeps('an echo', patienceMs, echoed(next, bytes, PATIENT)), bytes);
          await keeps('close() of the connection', closeMs, next.close());
        }),
    },
    {
      name: 'closing the reader closes its connections',
      run: async (subject) => {
        const { closeMs } = limitsOf(subject);
        let ended = Promise.resolve('never opened');
        await withTransport(subject, async (reader) => {
          const card = await connected(reader, 'shared');
          ended = card.ended.then(({ reason }) => reason);
        });
        const reason = await keeps('ended of the connection', closeMs, ended);
        expectThat(reason === 'closed', `ended says ${reason} after the reader was closed`);
      },
    },
  ];
}
