import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { readLabelFont, type LabelFonts } from '@buergerkoffer/print/labels';

/**
 * DejaVu Sans Mono, regular and bold, from the npm package `dejavu-fonts-ttf`: it stands in for the official font of
 * stickers in trials, which are marked as such.
 */
export async function loadStandInLabelFonts(): Promise<Required<LabelFonts>> {
  const { resolve } = createRequire(import.meta.url);
  const load = async (file: string) =>
    readLabelFont(await readFile(resolve(`dejavu-fonts-ttf/ttf/${file}`)), { standIn: true });
  const [regular, bold] = await Promise.all([load('DejaVuSansMono.ttf'), load('DejaVuSansMono-Bold.ttf')]);
  return { regular, bold };
}
