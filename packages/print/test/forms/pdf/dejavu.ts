import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** The bytes of DejaVu Sans in a weight. */
export function dejavu(weight: 'regular' | 'bold'): Uint8Array {
  const file = weight === 'regular' ? 'DejaVuSans' : 'DejaVuSans-Bold';
  return new Uint8Array(readFileSync(resolve(`dejavu-fonts-ttf/ttf/${file}.ttf`)));
}
