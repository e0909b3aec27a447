import type { CodeLists } from '@buergerkoffer/fachverfahren-xoev/codelists';

/** The code lists that were installed on this computer. */
export function codeListsAtHand(): Promise<CodeLists | undefined> {
  return Promise.resolve(undefined);
}
