export { CARD_TERMINAL_CONTRACT } from './card-terminal-contract.js';
