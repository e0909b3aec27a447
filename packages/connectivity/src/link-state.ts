import type { AccessTechnology, RegistrationStatus } from './at/registration.js';
import type { SimState } from './at/status.js';
import type { LinkState, NetworkRegistration } from './modem.js';
import { signalQuality, type Signal } from './quality/signal.js';

/** Everything that one round of questions to a modem yields; the drivers and the simulator fill it. */
export interface ModemReading {
  readonly sim: SimState;
  readonly registration: RegistrationStatus;
  readonly attached: boolean;
  readonly technology: AccessTechnology | 'unknown';
  readonly operator?: string;
  readonly signal: Signal;
}

/** What is known of the Fachverfahren's reachability. */
export type ServiceState =
  | { readonly service: 'not-probed' }
  | { readonly service: 'unreachable' }
  | { readonly service: 'reachable'; readonly latencyMs: number };

/** The state that `reading` (its signal smoothed) and the last answer of the service amount to. */
export function linkStateOf(reading: ModemReading, service: ServiceState): LinkState {
  switch (reading.sim) {
    case 'absent':
    case 'failed':
      return { state: 'no-sim' };
    case 'pin':
    case 'puk':
      return { state: 'pin-needed', secret: reading.sim };
    case 'other-lock':
      return { state: 'denied' };
    case 'ready':
      return registrationState(reading, service);
    default:
      return reading.sim satisfies never;
  }
}

function registrationState(reading: ModemReading, service: ServiceState): LinkState {
  switch (reading.registration) {
    case 'unknown':
      return { state: 'unknown' };
    case 'off':
    case 'searching':
      return { state: 'searching', signal: reading.signal };
    case 'denied':
    case 'sms-only-home':
    case 'sms-only-roaming':
    case 'emergency-only':
      return { state: 'denied' };
    case 'home':
    case 'csfb-not-preferred-home':
      return packetState(reading, 'home', service);
    case 'roaming':
    case 'csfb-not-preferred-roaming':
      return packetState(reading, 'roaming', service);
    default:
      return reading.registration satisfies never;
  }
}

function packetState(
  reading: ModemReading,
  network: NetworkRegistration['network'],
  service: ServiceState,
): LinkState {
  const registration: NetworkRegistration = {
    network,
    technology: reading.technology,
    ...(reading.operator === undefined ? {} : { operator: reading.operator }),
    signal: reading.signal,
    quality: signalQuality(reading.signal),
  };
  if (!reading.attached) return { state: 'registered', ...registration };
  if (service.service === 'reachable') {
    return { state: 'online', reachable: true, latencyMs: service.latencyMs, ...registration };
  }
  return { state: 'attached', service: service.service, ...registration };
}
