export { runProcess } from '../command/run-process.js';
export { LabUnavailable } from '../guest/lab-unavailable.js';
export type { LabEvent } from './lab-event.js';
export type { LabNeeds } from './lab-needs.js';
export { exitCodeOf, lastLine } from './lab-progress.js';
export type { LabProgress, LabResult, SkippedLab } from './lab-progress.js';
export { runLab } from './run-lab.js';
export type { LabOptions } from './run-lab.js';
