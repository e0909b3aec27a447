export { MODEM } from './modem.js';
export type { LinkOptions, LinkState, Modem, ModemCapabilities, NetworkRegistration } from './modem.js';
export {
  NO_SIGNAL,
  QUALITY_CLASSES,
  signalQuality,
  SMOOTHED_READINGS,
  smoothSignal,
} from './quality/signal.js';
export type { Signal, SignalQuality } from './quality/signal.js';
export { linkStateOf } from './link-state.js';
export type { ModemReading, ServiceState } from './link-state.js';
export { watchLink } from './watch-link.js';
export { parseCesq, parseCsq } from './at/signal.js';
export type { CesqReading, CsqReading } from './at/signal.js';
export { ACCESS_TECHNOLOGIES, parseRegistration, REGISTRATION_STATUS } from './at/registration.js';
export type {
  AccessTechnology,
  RegistrationDomain,
  RegistrationLine,
  RegistrationStatus,
} from './at/registration.js';
export { parseAttached, parseOperator, parseSimState } from './at/status.js';
export type { OperatorReading, SimState } from './at/status.js';
