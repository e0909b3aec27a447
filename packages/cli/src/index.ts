export { EXIT } from './exit-code.js';
export type { ExitCode } from './exit-code.js';
export { main } from './main.js';
export { runProcess } from './run-process.js';
export type { Streams } from './streams.js';
