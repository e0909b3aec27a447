export { simulatedPrinter } from './simulated-printer.js';
export type { SimulatedPrinter, SimulatedPrinterOptions } from './simulated-printer.js';
export type { PrintedDocument } from './paper-path.js';
export { testPages } from '../synthesis/test-pages.js';
