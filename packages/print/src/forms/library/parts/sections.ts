import type { Block } from '../../definition.js';

/** A numbered part of a form: its heading and what stands under it. */
export type Section = readonly [heading: string, blocks: readonly Block[]];

/** Each part that says anything, under its numbered heading. */
export function numbered(sections: readonly Section[]): Block[] {
  return sections
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([heading, blocks], index) => [
      { type: 'heading', level: 'section', text: `${index + 1}\u2002${heading}` },
      ...blocks,
    ]);
}
