export { simulatedModem } from './simulated-modem.js';
export type { ModemTrouble, SimulatedModemOptions } from './simulated-modem.js';
export { villageDrive } from '../synthesis/village-drive.js';
export type { SignalSample } from '../synthesis/village-drive.js';
