import { runContract, type DeviceUnderTest, simulatedSubject } from '@buergerkoffer/core/testing';
import { map, of, startWith, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { LinkOptions, LinkState, Modem } from '@buergerkoffer/connectivity';
import { simulatedModem } from '@buergerkoffer/connectivity/simulator';
import { MODEM_CONTRACT } from '@buergerkoffer/connectivity/testing';

function simulator(): DeviceUnderTest<Modem> {
  return simulatedSubject(simulatedModem({ paceMs: 1 }));
}

/** A modem that changes what a good one says about its link. */
function broken(
  change: (good: Modem, options: LinkOptions | undefined) => Observable<LinkState>,
): () => DeviceUnderTest<Modem> {
  return () => {
    const good = simulator();
    return {
      ...good,
      open: async (signal) => {
        const modem = await good.open(signal);
        return {
          info: modem.info,
          capabilities: modem.capabilities,
          ended: modem.ended,
          link: (options) => change(modem, options),
          close: () => modem.close(),
        };
      },
    };
  };
}

const violations = async (make: () => DeviceUnderTest<Modem>): Promise<readonly string[]> =>
  (await runContract(MODEM_CONTRACT, make))
    .filter(({ outcome }) => outcome === 'broken')
    .map(({ name }) => name);

describe('MODEM_CONTRACT', () => {
  it.each(MODEM_CONTRACT)('is kept by the simulator: $name', async ({ run }) => {
    await run(simulator());
  });

  it('catches a modem that calls itself online by being attached', async () => {
    const names = await violations(
      broken((modem, options) =>
        modem.link(options).pipe(
          map((state) => {
            if (state.state !== 'attached') return state;
            const { service, ...registration } = state;
            return service === 'not-probed'
              ? ({ ...registration, state: 'online', reachable: true, latencyMs: 0 } as const)
              : state;
          }),
        ),
      ),
    );
    expect(names).toEqual(['without an answer of the service the link is never online']);
  });

  it('catches a modem that shows the number of its SIM', async () => {
    const names = await violations(
      broken((modem, options) =>
        modem
          .link(options)
          .pipe(map((state) => ('quality' in state ? { ...state, operator: '262011234567890' } : state))),
      ),
    );
    expect(names).toEqual(['identities of the device and of the subscriber are no part of what it says']);
  });

  it('catches a modem that flatters its signal and one that ends on its own', async () => {
    const flattering = await violations(
      broken((modem, options) =>
        modem
          .link(options)
          .pipe(
            map((state) =>
              'quality' in state
                ? { ...state, signal: { ...state.signal, rsrpDbm: -120 }, quality: 'good' }
                : state,
            ),
          ),
      ),
    );
    expect(flattering).toEqual([
      'the quality of a state is the class of its signal, and its numbers are possible',
    ]);
    const ending = await violations(broken(() => of({ state: 'denied' } as const)));
    expect(ending).toContain('a device that goes away in the middle of link is lost within 100 ms');
    const hasty = await violations(
      broken((modem, options) => modem.link(options).pipe(startWith({ state: 'denied' } as const))),
    );
    expect(hasty).toContain('the first value is unknown and comes at once, before the modem was asked');
  });
});
