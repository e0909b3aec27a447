import type { z } from 'zod';
import { checkApplication } from './application-rules.js';
import { DocumentApplicationShape } from './application-shape.js';
import { readJson } from './read.js';

/** A complete application for an identity card, version 1, as it goes to the Fachverfahren. */
export const DocumentApplication = DocumentApplicationShape.superRefine((application, context) => {
  for (const fault of checkApplication(application)) {
    context.addIssue({
      code: 'custom',
      path: [...fault.path],
      message: fault.message,
      params: { code: fault.code },
    });
  }
});
/** A complete application for an identity card. */
export type DocumentApplication = z.output<typeof DocumentApplication>;

/** A document application from JSON text or parsed JSON; InputError with the path of the first fault, never its value. */
export function readDocumentApplication(json: unknown): DocumentApplication {
  return readJson(DocumentApplication, json, 'document application');
}
