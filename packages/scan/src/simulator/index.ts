export { simulatedDocumentScanner } from './simulated-scanner.js';
export type { SimulatedDocumentScannerOptions } from './simulated-scanner.js';
export type { SimulatedDocument } from './simulated-document.js';
export { drawDocument } from '../synthesis/draw-document.js';
export type { DrawnDocument, Td1Lines, Td3Lines } from '../synthesis/document.js';
export type { SheetFrame } from '../synthesis/sheet.js';
