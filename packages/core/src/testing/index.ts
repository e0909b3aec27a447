export { ContractViolation, expectThat, lacks, runContract } from './contract.js';
export type { ContractCase, ContractNeed, ContractResult, DeviceUnderTest } from './contract.js';
export {
  collect,
  deviceContract,
  expectFailure,
  expectRuns,
  PATIENCE_MS,
  withDevice,
} from './device-contract.js';
export { simulatedSubject } from './simulated-subject.js';
