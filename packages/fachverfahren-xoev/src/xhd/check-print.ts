import type { XhdFindings } from './finding.js';
import type { Druckrepraesentation, DruckzeileTyp } from './print-block.js';
import { agreesWith, lengthOf } from './print-lines.js';
import type { PrintSize } from './profile.js';

/** Blocks that share their lines with another: the birth name stands below the family name. */
const SHARED: Partial<Record<DruckzeileTyp, DruckzeileTyp>> = { Geburtsname: 'Namensblock' };

/** Checks numbering, lengths and number of lines, and that what is printed agrees with the single fields. */
export function checkPrint(
  print: Druckrepraesentation,
  layouts: Readonly<Partial<Record<DruckzeileTyp, readonly PrintSize[]>>>,
  fields: Readonly<Partial<Record<DruckzeileTyp, string>>>,
  findings: XhdFindings,
): void {
  const blocks = grouped(print);
  for (const [typ, lines] of blocks) {
    const numbers = lines.map(({ Nummer }) => Nummer);
    findings.error(
      numbers.some((number, index) => number !== index + 1),
      'Zeile',
      `the lines of ${typ} are not numbered from 1 without gaps`,
      `Die Druckzeilen „${typ}“ sind nicht fortlaufend ab 1 nummeriert.`,
    );
    const full = fields[typ];
    const printed = lines.map(({ content }) => content).join(' ');
    findings.error(
      full !== undefined && !agreesWith(joinedAtHyphens(printed), joinedAtHyphens(full)),
      'Zeile',
      `the lines of ${typ} do not agree with the single field`,
      `Die Druckzeilen „${typ}“ weichen vom Einzelfeld ab.`,
    );
  }
  checkSizes(blocks, layouts, findings);
}

type Blocks = ReadonlyMap<DruckzeileTyp, readonly { readonly Nummer: number; readonly content: string }[]>;

function checkSizes(
  blocks: Blocks,
  layouts: Readonly<Partial<Record<DruckzeileTyp, readonly PrintSize[]>>>,
  findings: XhdFindings,
): void {
  const together = new Map<DruckzeileTyp, string[]>();
  for (const [typ, lines] of blocks) {
    const block = SHARED[typ] ?? typ;
    together.set(block, [...(together.get(block) ?? []), ...lines.map(({ content }) => content)]);
  }
  for (const [typ, lines] of together) {
    const sizes = layouts[typ];
    if (sizes === undefined) continue;
    const fits = sizes.some(
      ({ maxPerLine, maxLines }) =>
        lines.length <= maxLines && lines.every((line) => lengthOf(line) <= maxPerLine),
    );
    findings.error(
      !fits,
      'Zeile',
      `the lines of ${typ} fit in none of the sizes of the document`,
      `Die Druckzeilen „${typ}“ passen in keiner Schriftgröße auf das Dokument; bitte kürzen.`,
    );
  }
}

function grouped({ Zeile = [] }: Druckrepraesentation): Blocks {
  const blocks = new Map<DruckzeileTyp, { readonly Nummer: number; readonly content: string }[]>();
  for (const line of Zeile) blocks.set(line.Typ, [...(blocks.get(line.Typ) ?? []), line]);
  return blocks;
}

/** A name that was broken behind its hyphen is one name again; one that has a space there is told apart by nothing. */
function joinedAtHyphens(text: string): string {
  return text.replaceAll('- ', '-');
}
