export { signaturePadContract } from './signature-contract.js';
