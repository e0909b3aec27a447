export { startDouble } from './double.js';
export type { DoubleOptions, FachverfahrenDouble } from './double.js';
export { DoubleFault, FAULT_NAMES } from './fault.js';
export type { ApplicationCheck } from './judge.js';
export { runDouble } from './program.js';
export type { DoubleProcess } from './program.js';
export { DOUBLE_ROUTES } from './routes.js';
export { jweDecrypter, testAuthority } from './test-authority.js';
export type { TestAuthority } from './test-authority.js';
