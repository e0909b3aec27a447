import { DeviceError, withDeadline } from '@buergerkoffer/core';
import {
  collect,
  deviceContract,
  expectFailure,
  expectThat,
  PATIENCE_MS,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import { defer, from, Observable, take } from 'rxjs';
import { encodeCommand } from '../apdu/command-apdu.js';
import { readCardAccess } from '../card-access/read-card-access.js';
import type { CardChannel, CardTerminal } from '../card-terminal.js';
import { MASTER_FILE_SFI, readFile } from '../read-file.js';

/** A channel that is over says so within this time, in milliseconds. */
const END_MS = 2_000;

const SELECT_MASTER_FILE = encodeCommand({
  cla: 0x00,
  ins: 0xa4,
  p1: 0x00,
  p2: 0x0c,
  data: new Uint8Array([0x3f, 0x00]),
});

/** What every card terminal promises. An identity card must lie in it; nothing on the card is changed, no secret is tried. */
export const CARD_TERMINAL_CONTRACT: readonly ContractCase<CardTerminal>[] = [
  ...deviceContract<CardTerminal>('connect', session),
  {
    name: 'the state of the card comes first, to everybody who asks, also while a channel is open',
    run: (subject) =>
      withDevice(subject, async (terminal) => {
        await withChannel(terminal, async (channel) => {
          for (let asked = 0; asked < 2; asked += 1) {
            const [state] = await collect(terminal.card().pipe(take(1)));
            expectThat(state?.state === 'present', `the card that a channel leads to is ${state?.state}`);
            expectThat(
              sameBytes(state.atr, channel.atr),
              'channel and terminal name different answers to reset',
            );
          }
        });
      }),
  },
  {
    name: 'watching the card ends with the terminal',
    run: (subject) =>
      withDevice(subject, async (terminal) => {
        const watching = expectFailure(terminal.card(), 'closed');
        await terminal.close();
        await watching;
        await expectFailure(terminal.card(), 'closed');
      }),
  },
  {
    name: 'a card answers a command, and any status word is an answer',
    run: (subject) =>
      withDevice(subject, (terminal) =>
        withChannel(terminal, async (channel) => {
          const selected = await channel.transmit(SELECT_MASTER_FILE);
          expectThat(
            selected.sw === 0x9000,
            `selecting the master file is answered with ${hex(selected.sw)}`,
          );
          const secret = await channel.transmit(
            encodeCommand({ cla: 0x00, ins: 0xb0, p1: 0x80 | MASTER_FILE_SFI.cardSecurity, p2: 0, le: 256 }),
          );
          expectThat(
            secret.sw !== 0x9000 && secret.data.length === 0,
            'a protected file is read without rights',
          );
        }),
      ),
  },
  {
    name: 'EF.CardAccess of an identity card can be read and offers PACE',
    run: (subject) =>
      withDevice(subject, (terminal) =>
        withChannel(terminal, async (channel) => {
          const infos = readCardAccess(await readFile(channel, MASTER_FILE_SFI.cardAccess));
          expectThat(
            infos.some(({ type }) => type === 'pace'),
            'EF.CardAccess offers no PACE',
          );
        }),
      ),
  },
  {
    name: 'bytes that are no command are refused and not sent',
    run: (subject) =>
      withDevice(subject, (terminal) =>
        withChannel(terminal, async (channel) => {
          const broken = new Uint8Array([0x00, 0xa4, 0x00]);
          await expectFailure(
            defer(() => from(channel.transmit(broken))),
            'invalid-request',
          );
        }),
      ),
  },
  {
    name: 'a second command on one channel is busy, and the first one is answered',
    run: (subject) =>
      withDevice(subject, (terminal) =>
        withChannel(terminal, async (channel) => {
          const first = channel.transmit(SELECT_MASTER_FILE);
          await expectFailure(
            defer(() => from(channel.transmit(SELECT_MASTER_FILE))),
            'busy',
          );
          expectThat((await first).sw === 0x9000, 'the first command was disturbed by the second');
        }),
      ),
  },
  {
    name: 'a closed channel refuses commands and frees the card for the next one',
    run: (subject) =>
      withDevice(subject, async (terminal) => {
        const channel = await connect(terminal);
        await channel.close();
        await channel.close();
        const end = await withDeadline('the end of the channel', END_MS, () => channel.ended);
        expectThat(end.reason === 'closed', `a closed channel says ${end.reason}`);
        await expectFailure(
          defer(() => from(channel.transmit(SELECT_MASTER_FILE))),
          'closed',
        );
        await (await connect(terminal)).close();
      }),
  },
  {
    name: 'a channel of a closed terminal is closed',
    run: (subject) =>
      withDevice(subject, async (terminal) => {
        const channel = await connect(terminal);
        await terminal.close();
        const end = await withDeadline('the end of the channel', END_MS, () => channel.ended);
        expectThat(end.reason === 'closed', `the channel of a closed terminal says ${end.reason}`);
      }),
  },
  {
    name: 'connecting without a card in time is a timeout',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (terminal) => {
        subject.fault?.('connect', { type: 'time-out' });
        await expectFailure(
          defer(() => from(terminal.connect({ patienceMs: 20 }))),
          'timeout',
        );
      }),
  },
  {
    name: 'a terminal that vanishes during a command loses command and channel',
    needs: ['fault', 'unplug'],
    run: (subject) =>
      withDevice(subject, async (terminal) => {
        const channel = await connect(terminal);
        subject.fault?.('transmit', { type: 'vanish' });
        await expectFailure(
          defer(() => from(channel.transmit(SELECT_MASTER_FILE))),
          'lost',
        );
        const end = await withDeadline('the end of the channel', END_MS, () => channel.ended);
        expectThat(end.reason === 'lost', `the channel of a terminal that has gone says ${end.reason}`);
      }),
  },
];

/** A connection as a stream: the channel, then nothing, then the error that ends it. */
function session(terminal: CardTerminal): Observable<CardChannel> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    let channel: CardChannel | undefined;
    terminal.connect({}, abort.signal).then(
      (opened) => {
        channel = opened;
        if (abort.signal.aborted) void opened.close();
        subscriber.next(opened);
        void opened.ended.then((end) => {
          subscriber.error(
            end.reason === 'lost' ? end.error : new DeviceError('closed', 'the channel was closed'),
          );
        });
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      abort.abort();
      void channel?.close();
    };
  });
}

function connect(terminal: CardTerminal): Promise<CardChannel> {
  return withDeadline('connect', PATIENCE_MS, (signal) => terminal.connect({}, signal));
}

async function withChannel(
  terminal: CardTerminal,
  body: (channel: CardChannel) => Promise<void>,
): Promise<void> {
  const channel = await connect(terminal);
  try {
    await body(channel);
  } finally {
    await channel.close();
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function hex(sw: number): string {
  return sw.toString(16).toUpperCase();
}
