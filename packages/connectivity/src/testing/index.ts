export { MODEM_CONTRACT } from './modem-contract.js';
