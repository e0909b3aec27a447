import { z } from 'zod';
import { germanDay, keepCitations } from '../format.js';

const text = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);

/**
 * What the official states about a copy (§ 33 (2), (3) VwVfG; the Land's law, which applies to municipalities, has the same content).
 * Who sees a sign of alteration has nothing to certify: there is no value that says so.
 */
export const certificationNoteSchema = z
  .strictObject({
    /** The document by its kind, issuer and day, so that it cannot be taken for another. */
    document: text(300),
    /** What was shown. */
    shown: z.enum(['original', 'official-duplicate', 'certified-copy']),
    /** Whether an authority issued what was shown. */
    issuedByAuthority: z.boolean(),
    /** The authority that the copy is for; wanted where no authority issued the document, else there is nothing to limit. */
    onlyFor: text(160).exactOptional(),
    /** The official looked for gaps, deletions, insertions, changes, unreadable words, traces of removal and broken binding, and saw none. */
    noAlterationSeen: z.literal(true),
    /** The official compared every page with what was shown. */
    compared: z.literal(true),
    place: text(80),
    day: z.iso.date(),
    /** Printed below the line on which the official signs. */
    official: text(80),
  })
  .superRefine(({ issuedByAuthority, onlyFor }, context) => {
    if (!issuedByAuthority && onlyFor === undefined) {
      const message = 'where no authority issued the document the copy is for one authority, which is named';
      context.addIssue({ code: 'custom', path: ['onlyFor'], message });
    }
    if (issuedByAuthority && onlyFor !== undefined) {
      const message = 'a copy of a document issued by an authority is not limited';
      context.addIssue({ code: 'custom', path: ['onlyFor'], message });
    }
  });

/** What the official states about a copy. */
export type CertificationNote = z.infer<typeof certificationNoteSchema>;

const SHOWN: Readonly<Record<CertificationNote['shown'], string>> = {
  original: 'der Urschrift',
  'official-duplicate': 'der Ausfertigung',
  'certified-copy': 'der beglaubigten Abschrift',
};

/** The note in German, sentence by sentence. */
export function noteSentences(note: CertificationNote, pageCount: number): readonly string[] {
  const extent = pageCount === 1 ? 'eine Seite' : `${pageCount} Seiten`;
  return [
    `Hiermit wird amtlich beglaubigt, dass die vorstehende Abschrift (${extent}) mit ${SHOWN[note.shown]} übereinstimmt, die vorgelegen hat.`,
    `Schriftstück: ${note.document}`,
    ...(note.onlyFor === undefined
      ? []
      : [`Die Beglaubigung wird nur zur Vorlage bei ${note.onlyFor} erteilt.`]),
  ].map(keepCitations);
}

/** Place and day as they stand above the line. */
export function placeAndDay({ place, day }: CertificationNote): string {
  return `${place}, ${germanDay(day) ?? ''}`;
}
