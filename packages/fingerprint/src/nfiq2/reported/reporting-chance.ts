import { EVIDENCE } from './vortex-evidence.js';

/** A network of one hidden layer over the evidence; a unit's row is its weights, then its bias. */
export interface ReportingModel {
  /** Of each evidence over all fitted prints. */
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly hidden: readonly (readonly number[])[];
  /** One weight for each unit, then the bias. */
  readonly output: readonly number[];
}

/** What is measured at each candidate, `EVIDENCE` after `EVIDENCE`. */
export type ReportEvidence = Float64Array | Float32Array;

/** Evidence counts up to so many deviations from its mean. */
const MOST_DEVIATIONS = 4;

/** The chance of each candidate that the reference reports it, 0 to 1; `evidence` as `vortexEvidence` makes it. */
export function chancesOf(evidence: ReportEvidence, model: ReportingModel): Float64Array {
  const { means, deviations, hidden, output } = model;
  const size = EVIDENCE.length;
  const chances = new Float64Array(evidence.length / size);
  const input = new Float64Array(size);
  for (let at = 0; at < chances.length; at += 1) {
    for (let k = 0; k < size; k += 1) {
      const value = ((evidence[at * size + k] ?? 0) - (means[k] ?? 0)) / (deviations[k] ?? 1);
      input[k] = Math.min(Math.max(value, -MOST_DEVIATIONS), MOST_DEVIATIONS);
    }
    let sum = output[hidden.length] ?? 0;
    for (const [unit, weights] of hidden.entries()) {
      let activation = weights[size] ?? 0;
      for (let k = 0; k < size; k += 1) activation += (weights[k] ?? 0) * (input[k] ?? 0);
      sum += ((output[unit] ?? 0) * activation) / (1 + Math.abs(activation));
    }
    chances[at] = 1 / (1 + Math.exp(-sum));
  }
  return chances;
}
