export { PRINTER_CONTRACT } from './printer-contract.js';
