import { filter, take, toArray } from 'rxjs';
import type { CardPresence, CardTransport } from '../../transport.js';
import { expectThat } from '../contract.js';
import { cardKit, connected, echoed } from './card-kit.js';
import { CARD_REFERENCE } from './card-protocol.js';
import { begun, describe, firstOf, keeps, refuses, sameBytes } from './expectations.js';
import { limitsOf, PATIENT } from './limits.js';
import { patternBytes } from './pattern.js';
import { opened, referencePort, withTransport } from './reference-ports.js';
import type { TransportCase } from './transport-under-test.js';
import { hearsOfTheLoss } from './unplugging.js';

/** What a reader promises of its slot; it is empty at first. */
export function cardSlot(): readonly TransportCase<'pcsc'>[] {
  return [
    {
      name: 'an empty slot says so, and a connection to it needs attention',
      run: (subject) =>
        withTransport(subject, async (reader) => {
          const { patienceMs } = limitsOf(subject);
          const { state } = await keeps('the slot', patienceMs, firstOf(reader.card));
          expectThat(state === 'absent', `an empty slot is said to be ${state}`);
          for (const mode of ['shared', 'exclusive'] as const) {
            await refuses(`a ${mode} connection`, patienceMs, reader.connect(mode), 'attention');
          }
        }),
    },
    {
      name: 'the slot tells of a card that comes, with its ATR, and of one that goes',
      needs: ['card'],
      run: (subject) =>
        withTransport(subject, async (reader) => {
          const { patienceMs } = limitsOf(subject);
          const seen = begun(firstOf(reader.card.pipe(take(3), toArray())));
          await subject.insertCard?.();
          const present = await keeps('a card comes', patienceMs, presence(reader, 'present'));
          expectThat(present.state === 'present', 'a card comes and is absent');
          sameBytes('the ATR', present.atr, CARD_REFERENCE.atr);
          await subject.removeCard?.();
          await keeps('the card goes', patienceMs, presence(reader, 'absent'));
          const states = (await keeps('three states', patienceMs, seen)).map(({ state }) => state).join(' ');
          expectThat(states === 'absent present absent', `somebody who watched all the time saw: ${states}`);
        }),
    },
    {
      name: 'a card that was put in before is told first',
      needs: ['card'],
      run: async (subject) => {
        await subject.insertCard?.();
        await withTransport(subject, async (reader) => {
          const { patienceMs } = limitsOf(subject);
          await keeps('the card', patienceMs, presence(reader, 'present'));
          const { state } = await keeps('the slot', patienceMs, firstOf(reader.card));
          expectThat(state === 'present', `the slot with a card in it is said to be ${state}`);
        });
        await subject.removeCard?.();
      },
    },
    {
      name: 'the slot completes when the reader is closed',
      run: async (subject) => {
        const { atOnceMs, closeMs } = limitsOf(subject);
        const reader = await opened(subject);
        const ending = begun(ended(reader));
        await keeps('close() while somebody watches', closeMs, reader.close());
        await keeps('the slot completes', atOnceMs, ending);
        await keeps('that of a closed reader', atOnceMs, ended(reader));
      },
    },
    {
      name: 'the slot hears of the loss of its reader',
      needs: ['unplug'],
      run: async (subject) => {
        const { atOnceMs, lossMs } = limitsOf(subject);
        const reader = await opened(subject);
        const ending = begun(ended(reader));
        await subject.unplug?.();
        await refuses('the slot', lossMs, ending, 'lost');
        await hearsOfTheLoss(subject, reader);
        await refuses('that of a lost reader', atOnceMs, ended(reader), 'lost');
      },
    },
    {
      name: 'two readers of one model are told apart, and so are their slots',
      needs: ['second', 'card'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const ports = [await referencePort(subject), await referencePort(subject, 'second')];
        expectThat(ports[0]?.id !== ports[1]?.id, 'two readers have ports with one id');
        await subject.insertCard?.();
        await withTransport(subject, async (first) => {
          await keeps('the card in the first', patienceMs, presence(first, 'present'));
          await withTransport(
            subject,
            async (second) => {
              const { state } = await keeps('the slot of the second', patienceMs, firstOf(second.card));
              expectThat(state === 'absent', 'the card in one reader is said to be in the other');
            },
            'second',
          );
        });
        await subject.removeCard?.();
      },
    },
    {
      name: 'a connection is lost when the card is taken out, its reader is not',
      needs: ['card'],
      run: async (subject) => {
        await subject.insertCard?.();
        await withTransport(subject, async (reader) => {
          const { atOnceMs, closeMs, lossMs, patienceMs } = limitsOf(subject);
          const card = await keeps('a connection', patienceMs, connected(reader, 'exclusive'));
          await subject.removeCard?.();
          const end = await keeps('ended of the connection', lossMs, card.ended);
          expectThat(end.reason === 'lost', `ended says ${end.reason} after the card was taken out`);
          expectThat(end.error.code === 'lost', `ended tells a loss with ${describe(end.error)}`);
          await refuses('a command', atOnceMs, echoed(card, patternBytes(10, 1)), 'lost');
          await keeps('close() of the lost connection', closeMs, card.close());
          await keeps('the slot', patienceMs, presence(reader, 'absent'));
          await subject.insertCard?.();
          await keeps('an exchange with the next card', patienceMs, cardKit.exchange(reader));
          await refuses('a command to the first', atOnceMs, echoed(card, patternBytes(10, 1)), 'lost');
        });
        await subject.removeCard?.();
      },
    },
    {
      name: 'a command is lost when the card is taken out meanwhile',
      needs: ['card'],
      run: async (subject) => {
        await subject.insertCard?.();
        await withTransport(subject, async (reader) => {
          const { lossMs, patienceMs } = limitsOf(subject);
          const stuck = await keeps('a connection', patienceMs, cardKit.stuck(reader));
          const pending = begun(stuck(PATIENT));
          await subject.removeCard?.();
          await refuses('the command', lossMs, pending, 'lost');
          await keeps('the slot', patienceMs, presence(reader, 'absent'));
        });
      },
    },
    {
      name: 'a connection is lost with its reader',
      needs: ['card', 'unplug'],
      run: async (subject) => {
        const { lossMs, patienceMs } = limitsOf(subject);
        await subject.insertCard?.();
        const reader = await opened(subject);
        const card = await keeps('a connection', patienceMs, connected(reader, 'shared'));
        await subject.unplug?.();
        const end = await keeps('ended of the connection', lossMs, card.ended);
        expectThat(end.reason === 'lost', `ended says ${end.reason} after the reader was unplugged`);
        await hearsOfTheLoss(subject, reader);
      },
    },
  ];
}

function presence(reader: CardTransport, state: CardPresence['state']): Promise<CardPresence> {
  return firstOf(reader.card.pipe(filter((now) => now.state === state)));
}

/** Resolves when the slot of `reader` completes, rejects with its error. */
function ended(reader: CardTransport): Promise<void> {
  return new Promise((resolve, reject) => {
    reader.card.subscribe({ error: reject, complete: resolve });
  });
}
