export { cameraContract } from './camera-contract.js';
