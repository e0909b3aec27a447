import { runContract, type DeviceUnderTest, simulatedSubject } from '@buergerkoffer/core/testing';
import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { CardChannel, CardTerminal } from '@buergerkoffer/eid';
import { simulatedCardTerminal } from '@buergerkoffer/eid/simulator';
import { CARD_TERMINAL_CONTRACT } from '@buergerkoffer/eid/testing';

function simulator(): DeviceUnderTest<CardTerminal> {
  return simulatedSubject(simulatedCardTerminal({ paceMs: 1 }));
}

/** The names of the promises that a terminal breaks which differs from a good one in `change`. */
async function violations(change: (good: CardTerminal) => Partial<CardTerminal>): Promise<readonly string[]> {
  const results = await runContract(CARD_TERMINAL_CONTRACT, () => {
    const good = simulator();
    return {
      ...good,
      open: async (signal) => {
        const terminal = await good.open(signal);
        return {
          info: terminal.info,
          capabilities: terminal.capabilities,
          ended: terminal.ended,
          card: () => terminal.card(),
          connect: (options, asked) => terminal.connect(options, asked),
          close: () => terminal.close(),
          ...change(terminal),
        };
      },
    };
  });
  return results.filter(({ outcome }) => outcome === 'broken').map(({ name }) => name);
}

/** A terminal whose channels differ from good ones in `change`. */
function withChannels(change: (good: CardChannel) => Partial<CardChannel>) {
  return (terminal: CardTerminal): Partial<CardTerminal> => ({
    connect: async (options, signal) => {
      const channel = await terminal.connect(options, signal);
      return {
        atr: channel.atr,
        ended: channel.ended,
        transmit: (apdu, asked) => channel.transmit(apdu, asked),
        close: () => channel.close(),
        ...change(channel),
      };
    },
  });
}

describe('CARD_TERMINAL_CONTRACT', () => {
  it.each(CARD_TERMINAL_CONTRACT)('is kept by the simulator: $name', async ({ run }) => {
    await run(simulator());
  });

  it('catches a terminal that says absent although a card is connected', async () => {
    const names = await violations((good) => ({
      card: () => good.card().pipe(map(() => ({ state: 'absent' }) as const)),
    }));
    expect(names).toEqual([
      'the state of the card comes first, to everybody who asks, also while a channel is open',
    ]);
  });

  it('catches a channel that sends anything and one that lets a protected file out', async () => {
    const sending = await violations(
      withChannels((good) => ({
        transmit: (apdu) =>
          apdu.length < 4 ? Promise.resolve({ data: new Uint8Array(), sw: 0x6700 }) : good.transmit(apdu),
      })),
    );
    expect(sending).toEqual(['bytes that are no command are refused and not sent']);
    const leaking = await violations(
      withChannels((good) => ({
        transmit: async (apdu) => {
          const answer = await good.transmit(apdu);
          return answer.sw === 0x6982 ? { data: new Uint8Array([1]), sw: 0x9000 } : answer;
        },
      })),
    );
    expect(leaking).toEqual(['a card answers a command, and any status word is an answer']);
  });

  it('catches a channel that closing does not close', async () => {
    const names = await violations(withChannels(() => ({ close: () => Promise.resolve() })));
    expect(names).toContain('a closed channel refuses commands and frees the card for the next one');
  }, 30_000);
});
