import { filter, firstValueFrom, map, take } from 'rxjs';
import { MODEM } from '@buergerkoffer/connectivity';
import type { FachverfahrenHttp } from '@buergerkoffer/fachverfahren-xoev';
import { useDevice } from './use-device.js';
import type { Visit } from './visit.js';

/** How long a reading may take before the modem counts as silent, in milliseconds. */
const ANSWER_MS = 3_000;

/** Looks once whether the way to the Fachverfahren is open, and says so in words: registered is not online. */
export async function watchLink(visit: Visit, fachverfahren: FachverfahrenHttp): Promise<void> {
  const text = await useDevice(visit, MODEM, 'Verbindung prüfen', (modem) =>
    firstValueFrom(
      modem
        .link({ probe: (signal) => probe(fachverfahren, signal), probeMs: 1_000, answerMs: ANSWER_MS })
        .pipe(
          map((link) => {
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
              default:
                return undefined;
            }
          }),
          filter((said) => said !== undefined),
          take(1),
        ),
    ),
  );
  visit.tell({ type: 'note', text });
}

async function probe(fachverfahren: FachverfahrenHttp, signal: AbortSignal): Promise<number> {
  const started = performance.now();
  await fachverfahren.health(signal);
  return performance.now() - started;
}
