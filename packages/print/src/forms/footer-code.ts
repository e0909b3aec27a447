import { InputError } from '@buergerkoffer/formats';

/** What the Data Matrix at the foot of every page says. */
export interface FooterCode {
  readonly formId: string;
  readonly caseNumber: string;
}

const CODE = /^([0-9a-z-]{1,40}) ([0-9A-Za-z-]{1,40})$/u;

/** The text of the Data Matrix: `pa-antrag K-7Q4M-2X9D`. @throws InputError `malformed` with the path of the part that does not fit. */
export function formatFooterCode({ formId, caseNumber }: FooterCode): string {
  const code = `${formId} ${caseNumber}`;
  if (!CODE.test(code)) {
    throw new InputError('malformed', 'a form id has small letters, digits and hyphens, at most 40', {
      path: 'id',
    });
  }
  return code;
}

/** What a scanned footer says; nothing for a symbol of another kind of paper. */
export function parseFooterCode(text: string): FooterCode | undefined {
  const [, formId, caseNumber] = CODE.exec(text) ?? [];
  return formId === undefined || caseNumber === undefined ? undefined : { formId, caseNumber };
}
