export { simulatedCardTerminal } from './simulated-card-terminal.js';
export type { SimulatedCardTerminal, SimulatedCardTerminalOptions } from './simulated-card-terminal.js';
export { simulatedIdCard, SPECIMEN_SECURITY_INFOS } from './simulated-card.js';
export type { SimulatedCard, SimulatedIdCardOptions } from './simulated-card.js';
