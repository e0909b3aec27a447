import type { Block, Cell } from '@buergerkoffer/print/forms';

/** What blocks say on paper where data are given: labels, values, chosen answers, running text, lines to sign on. */
export function blockTexts(blocks: readonly Block[]): string {
  return blocks.flatMap(textsOf).join('\n');
}

function textsOf(block: Block): readonly string[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items;
    case 'fields':
      return block.rows.flat().flatMap((cell) => [cell.label, valueOf(cell) ?? '']);
    case 'table':
      return block.rows.flat();
    case 'signatures':
      return [block.statement ?? '', ...block.lines.map(({ label }) => label)];
    case 'page-break':
      return [];
    default:
      return block satisfies never;
  }
}

function valueOf(cell: Cell): string | undefined {
  if (cell.type === 'field') return cell.value;
  if (cell.type === 'choice') return cell.options.find(({ value }) => value === cell.value)?.label;
  return undefined;
}
