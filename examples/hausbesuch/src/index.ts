export { runDemo } from './demo.js';
export { household } from './household.js';
export type { Household } from './household.js';
export { FAULTS, faultNamed, seedOf } from './options.js';
export type { DemoOptions, FaultName } from './options.js';
export type { DemoResult, Progress, Tell } from './progress.js';
export { authorityConfig } from './stage/authority-config.js';
export { simulatedSuitcase } from './suitcase.js';
export type { SimulatedSuitcase, SuitcaseOptions } from './suitcase.js';
