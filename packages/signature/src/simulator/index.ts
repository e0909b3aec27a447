export type { RandomSource } from '../synthesis/random-source.js';
export { writeSignature } from '../synthesis/synthetic-signature.js';
export type { WritingPad } from '../synthesis/synthetic-signature.js';
export type { SimulatedCitizen } from './sign-script.js';
export { simulatedSignaturePad } from './simulated-signature-pad.js';
export type { SimulatedSignaturePadOptions } from './simulated-signature-pad.js';
