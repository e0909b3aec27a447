export { FAULT_TYPES, FaultScript } from './fault.js';
export type { Fault, KnownFaults, PlannedFault } from './fault.js';
export { seededRandom } from './random.js';
export type { Random } from './random.js';
export { simulate } from './simulate.js';
export type { SimulatedWorld, SimulationOptions } from './simulate.js';
export type { Losable, Simulated } from './simulated.js';
