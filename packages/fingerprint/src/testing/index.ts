export { fingerprintScannerContract } from './fingerprint-contract.js';
