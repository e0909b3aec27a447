/** How a file says which form it is: in its subject, and in the name of the attached data. */
export interface Marking {
  readonly formId: string;
  /** First day of the edition of the form. */
  readonly validFrom: string;
  readonly caseNumber: string;
}

const SUBJECT = /^Formular ([0-9a-z-]{1,40}), Fassung ab (\d{4}-\d{2}-\d{2}), Vorgang ([0-9A-Za-z-]{1,40})$/u;

/** The subject of the document. */
export function formatSubject({ formId, validFrom, caseNumber }: Marking): string {
  return `Formular ${formId}, Fassung ab ${validFrom}, Vorgang ${caseNumber}`;
}

/** What the subject of a file says; nothing for a file of other making. */
export function parseSubject(subject: string): Marking | undefined {
  const [, formId, validFrom, caseNumber] = SUBJECT.exec(subject) ?? [];
  if (formId === undefined || validFrom === undefined || caseNumber === undefined) return undefined;
  return { formId, validFrom, caseNumber };
}

/** Name of the attached data of a form. */
export function attachmentName(formId: string): string {
  return `${formId}.json`;
}
