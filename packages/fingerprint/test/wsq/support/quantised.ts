import { readTokens } from '../../../src/wsq/decode-wsq.js';
import { numberOf, runOf } from '../../../src/wsq/dequantise.js';
import { readFile } from '../../../src/wsq/read-file.js';
import { subbandTree } from '../../../src/wsq/subbands.js';

/** The quantised samples of a file, in its order. */
export function quantisedOf(bytes: Uint8Array): Int32Array {
  const file = readFile(bytes);
  const tokens = readTokens(bytes, file, subbandTree(file.frame.width, file.frame.height));
  const numbers: number[] = [];
  for (const token of tokens) {
    const run = runOf(token);
    if (run === 0) numbers.push(numberOf(token));
    for (let zero = 0; zero < run; zero += 1) numbers.push(0);
  }
  return Int32Array.from(numbers);
}
