import { filter, firstValueFrom, map, of, timeout } from 'rxjs';
import { MODEM, type LinkState } from '@buergerkoffer/connectivity';
import type { FachverfahrenHttp } from '@buergerkoffer/fachverfahren-xoev';
import { useDevice } from './use-device.js';
import type { Visit } from './visit.js';

/** How long a reading may take before the modem counts as silent, in milliseconds. */
const ANSWER_MS = 3_000;
/** How long the visit waits for a network before it goes on without, in milliseconds. */
const NETWORK_MS = 4_000;
const NO_NETWORK = 'Mobilfunk: kein Netz; der Besuch geht ohne Verbindung weiter';

/** Looks once whether the way to the Fachverfahren is open, and says so in words: registered is not online. */
export async function watchLink(visit: Visit): Promise<void> {
  const text = await useDevice(visit, MODEM, 'Verbindung prüfen', (modem) =>
    firstValueFrom(
      modem
        .link({ probe: (signal) => probe(visit.fachverfahren, signal), probeMs: 1_000, answerMs: ANSWER_MS })
        .pipe(
          map(wordsFor),
          filter((said) => said !== undefined),
          timeout({ first: NETWORK_MS, with: () => of(NO_NETWORK) }),
        ),
      { defaultValue: NO_NETWORK },
    ),
  );
  visit.tell({ type: 'note', text });
}

/** What the clerk reads; nothing while the modem is still on its way into the network. */
function wordsFor(link: LinkState): string | undefined {
  switch (link.state) {
    case 'online':
      return `Mobilfunk: online, das Fachverfahren antwortet in ${Math.round(link.latencyMs)} ms`;
    case 'attached':
      return link.service === 'unreachable'
        ? 'Mobilfunk: Netz da, das Fachverfahren antwortet nicht'
        : undefined;
    case 'no-sim':
    case 'pin-needed':
    case 'denied':
      return 'Mobilfunk: keine Verbindung';
    case 'unknown':
    case 'searching':
    case 'registered':
      return undefined;
    default:
      return link satisfies never;
  }
}

async function probe(fachverfahren: FachverfahrenHttp, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  await fachverfahren.health(signal);
  return performance.now() - started;
}
