import { ServiceError } from '@buergerkoffer/fachverfahren-xoev';
import type { DoubleFault } from '@buergerkoffer/fachverfahren-xoev/double';
import type { FaultName } from '../options.js';

/** How long the double may take to switch a fault on, in milliseconds. */
const SWITCH_MS = 3_000;

/** What the Fachverfahren does wrong for a fault of the demo, from the hand-over on. */
const NETWORK_FAULTS: Readonly<Partial<Record<FaultName, DoubleFault>>> = {
  'network-slow': { name: 'slow', seconds: 2, times: 1 },
  'network-refuse': { name: 'refuse', times: 2 },
  'network-garbage': { name: 'garbage', times: 1 },
  'drop-after-accept': { name: 'drop-after-accept', times: 1 },
  'answer-twice': { name: 'answer-twice' },
  reject: { name: 'reject' },
};

/** Makes the double at `url` misbehave from now on, when `fault` is one of the network; answers whether it is. */
export async function breakNetwork(url: string, fault: FaultName | undefined): Promise<boolean> {
  const wanted = fault === undefined ? undefined : NETWORK_FAULTS[fault];
  if (wanted === undefined) return false;
  const response = await fetch(new URL('v1/test/fault', url.endsWith('/') ? url : `${url}/`), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
    signal: AbortSignal.timeout(SWITCH_MS),
  }).catch((error: unknown) => {
    throw new ServiceError('unreachable', 'the Fachverfahren cannot be reached', { cause: error });
  });
  if (!response.ok) throw new ServiceError('protocol', 'the Fachverfahren knows no faults on demand');
  return true;
}
