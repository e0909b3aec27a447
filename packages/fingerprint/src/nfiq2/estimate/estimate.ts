import { md5 } from '@noble/hashes/legacy';
import { decodeBase64, encodeHex } from '@buergerkoffer/formats';
import { MEASURE_NAMES } from '../measure-names.js';
import type { Measures, PrintAnalysis } from '../measures.js';
import type { MinutiaeSource } from '../minutiae-source.js';
import { OWN_MINUTIAE } from '../own-minutiae.js';
import { qualityOf, type PrintQuality } from '../print-quality.js';
import { ESTIMATE_MODEL } from './estimate-model.js';

/** How far a measure counts to both sides of its mean, in standard deviations. */
const REACH = 4;

/** A network with one layer of tanh units. */
interface Network {
  readonly hash: string;
  readonly means: Float32Array;
  readonly deviations: Float32Array;
  /** One row of weights per unit. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly out: Float32Array;
  readonly outBias: number;
}

/**
 * A guess at the score for computers without NIST's forest: a small network of our own, trained on synthetic
 * fingers to say what that forest says. The README of this package has its measured error; it is not an NFIQ
 * 2 score, and TR-03121's thresholds are not made for it.
 */
export function estimateOf(analysis: PrintAnalysis, minutiae: MinutiaeSource = OWN_MINUTIAE): PrintQuality {
  const quality = qualityOf(analysis, { minutiae });
  return {
    ...quality,
    score: estimatedScore(quality.measures),
    algorithm: 'embedded-estimate',
    ...estimateModel(),
    conformant: false,
  };
}

/** Version and MD5 of the embedded model. */
export function estimateModel(): { readonly version: string; readonly modelHash: string } {
  return { version: ESTIMATE_MODEL.version, modelHash: embedded().hash };
}

/** Read when it is first needed. */
let network: Network | undefined;

function embedded(): Network {
  network ??= networkOf(ESTIMATE_MODEL.base64.join(''), ESTIMATE_MODEL.units);
  return network;
}

function networkOf(base64: string, units: number): Network {
  const bytes = decodeBase64(base64);
  const view = new DataView(bytes.buffer);
  const inputs = MEASURE_NAMES.length;
  let at = 0;
  const next = (length: number): Float32Array => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i += 1, at += 4) values[i] = view.getFloat32(at, true);
    return values;
  };
  return {
    hash: encodeHex(md5(bytes)),
    means: next(inputs),
    deviations: next(inputs),
    weights: next(units * inputs),
    biases: next(units),
    out: next(units),
    outBias: next(1)[0] ?? 0,
  };
}

/** The guess from native measures, 0 to 100, whole; a measure that is absent counts as usual. */
export function estimatedScore(measures: Measures): number {
  const { means, deviations, weights, biases, out, outBias } = embedded();
  const inputs = MEASURE_NAMES.map((name, i) => {
    const value = ((measures[name] ?? Number.NaN) - (means[i] ?? 0)) / (deviations[i] ?? 1);
    return Number.isNaN(value) ? 0 : Math.min(Math.max(value, -REACH), REACH);
  });
  let sum = outBias;
  for (const [unit, bias] of biases.entries()) {
    const row = unit * inputs.length;
    const activation = inputs.reduce((total, input, i) => total + input * (weights[row + i] ?? 0), bias);
    sum += (out[unit] ?? 0) * Math.tanh(activation);
  }
  return Math.round(Math.min(Math.max(50 + 50 * sum, 0), 100));
}
