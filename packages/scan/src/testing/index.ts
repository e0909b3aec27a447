export { documentScannerContract } from './scanner-contract.js';
