import type { FontWeight, FontSet } from './fonts.js';
import type { LayoutCache, OpenedFont } from './pdfkit.js';

/**
 * How the fixed words of forms are set, kept with the fonts from one document to the next: labels and notices are the same on
 * every paper. Words of the data are not kept: nobody's name stays in memory, and the memory does not grow with the papers.
 */
const remembered = new WeakMap<FontSet, Map<FontWeight, LayoutCache>>();

/** Lets a document's font begin with what is remembered; what is new stays its own. */
export function recall(fonts: FontSet, weight: FontWeight, font: OpenedFont): void {
  font.layoutCache = Object.create(memoryOf(fonts, weight)) as LayoutCache;
}

/** Keeps of what the document's font has set those words that the form always says. */
export function remember(
  fonts: FontSet,
  weight: FontWeight,
  font: OpenedFont,
  words: ReadonlySet<string>,
): void {
  const memory = memoryOf(fonts, weight);
  for (const [text, run] of Object.entries(font.layoutCache)) {
    if (words.has(text.trimEnd())) memory[text] = run;
  }
}

/** The words of texts. */
export function wordsOf(texts: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const text of texts) for (const word of text.split(/[ \n]/u)) words.add(word);
  return words;
}

function memoryOf(fonts: FontSet, weight: FontWeight): LayoutCache {
  const memories = remembered.get(fonts) ?? new Map<FontWeight, LayoutCache>();
  remembered.set(fonts, memories);
  const memory = memories.get(weight) ?? (Object.create(null) as LayoutCache);
  memories.set(weight, memory);
  return memory;
}
