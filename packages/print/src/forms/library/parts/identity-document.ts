import { z } from 'zod';
import type { Cell } from '../../definition.js';
import type { Fields } from './fields.js';
import { daySchema, text } from './values.js';

/** The documents that a holder can have. */
export const DOCUMENT = {
  personalausweis: 'Personalausweis',
  'vorlaeufiger-personalausweis': 'Vorläufiger Personalausweis',
  reisepass: 'Reisepass',
  'vorlaeufiger-reisepass': 'Vorläufiger Reisepass',
  kinderreisepass: 'Kinderreisepass',
  other: 'Anderes Dokument',
} as const;

const kind = z.enum([
  'personalausweis',
  'vorlaeufiger-personalausweis',
  'reisepass',
  'vorlaeufiger-reisepass',
  'kinderreisepass',
  'other',
]);

/** A document by which somebody proves who they are. */
export const identityDocumentSchema = z.strictObject({
  kind,
  serialNumber: text(20),
  validUntil: daySchema.exactOptional(),
});
/** A document by which somebody proves who they are. */
export type IdentityDocument = z.infer<typeof identityDocumentSchema>;

/** One row for a document; `label` says whose or which. */
export function documentRow(document: Fields<IdentityDocument>, label: string): Cell[] {
  return [
    document.choice('kind', label, 5, DOCUMENT),
    document.text('serialNumber', 'Seriennummer', 4),
    document.day('validUntil', 'Gültig bis', 3),
  ];
}
