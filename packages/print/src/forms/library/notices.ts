import { keepCitations } from '../format.js';
import type { Block, Letterhead, Notice } from '../definition.js';

/** A notice as blocks, with the letterhead's names set in. */
export function noticeBlocks(notice: Notice, letterhead: Letterhead): Block[] {
  const fill = (text: string): string =>
    keepCitations(text)
      .replaceAll('{authority}', letterhead.authority)
      .replaceAll('{dataProtection}', letterhead.dataProtection);
  return [
    { type: 'heading', level: 'subsection', text: notice.heading },
    ...notice.text.map((part): Block =>
      typeof part === 'string'
        ? { type: 'paragraph', size: 'notice', text: fill(part) }
        : { type: 'list', size: 'notice', items: part.map(fill) },
    ),
  ];
}
