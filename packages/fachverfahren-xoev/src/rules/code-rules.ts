import type { CodeList } from '../codelists/code-list.js';
import { hasCode } from '../codelists/code-list.js';
import type { MessageElement } from '../message/tree.js';
import { attributeOf, childOf } from '../message/tree.js';
import { checkAgs, checkStateCode } from '../xmeld/address-rules.js';
import { GESCHLECHTER } from '../xmeld/bzr-anfrage.js';
import { checkChannel } from '../xmeld/frame-rules.js';
import {
  AGS_LIST,
  CHANNEL_LIST,
  isCheckedElsewhere,
  listOf,
  SEX_LIST,
  STATE_LISTS,
} from './listed-elements.js';
import type { MessageContext } from './message-context.js';
import { tokenOf, walk } from './walk.js';

/** A coded element under a list. */
interface Coded {
  readonly element: MessageElement;
  /** The child `code`. */
  readonly code: MessageElement;
  readonly kennung: string;
  readonly version: string | undefined;
}

/** Codes stand in their list, in the version that the element names; what is not installed is told once per version. */
export function checkCodes(context: MessageContext): void {
  const missing = new Map<string, { readonly first: Coded; count: number }>();
  walk(context.root, (element, above) => {
    const coded = codedOf(element, above.at(-1));
    if (coded === undefined || !checkForm(context, coded)) return;
    if (!checkListed(context, coded) && !isCheckedElsewhere(coded.kennung, coded.version)) {
      const key = `${coded.kennung}\n${coded.version ?? ''}`;
      const known = missing.get(key);
      if (known === undefined) missing.set(key, { first: coded, count: 1 });
      else known.count += 1;
    }
  });
  for (const { first, count } of missing.values()) {
    const version = first.version === undefined ? '' : `, version ${first.version}`;
    context.findings.notAssessed(
      'S011',
      first.code,
      `the code list ${first.kennung}${version} is not installed; codes not checked: ${count}`,
      `Die Codeliste ${first.kennung}${version} ist nicht installiert; nicht geprüfte Schlüssel: ${count}.`,
    );
  }
}

function codedOf(element: MessageElement, parent: MessageElement | undefined): Coded | undefined {
  const code = childOf(element, 'code');
  if (code === undefined || code.children.length > 0 || tokenOf(code) === '') return undefined;
  const kennung = listOf(element, parent);
  if (kennung === undefined || element.local === 'nachrichtentyp') return undefined;
  return { element, code, kennung, version: attributeOf(element, 'listVersionID') };
}

/** What can be said without the list; false when the code is wrong already. */
function checkForm({ findings }: MessageContext, { code, kennung, version }: Coded): boolean {
  const text = tokenOf(code);
  let isGood = true;
  const sink = findings.sink(code);
  const watching: typeof sink = {
    error: (...finding) => {
      isGood = false;
      sink.error(...finding);
    },
    warning: (...finding) => {
      sink.warning(...finding);
    },
  };
  if (kennung === AGS_LIST) checkAgs(text, '', watching);
  else if (STATE_LISTS.has(kennung)) checkStateCode(text, '', watching);
  else if (!isCheckedElsewhere(kennung, version)) return true;
  else if (kennung === CHANNEL_LIST) checkChannel(text, '', watching);
  else if (kennung === SEX_LIST && !GESCHLECHTER.some((sex) => sex === text)) {
    watching.error(
      'S011',
      '',
      'the sex is one of m, w, d and x (list Geschlecht, version 1)',
      'Als Geschlecht sind m, w, d und x vorgesehen.',
    );
  }
  return isGood;
}

/** False when no version of the list is at hand. */
function checkListed(context: MessageContext, coded: Coded): boolean {
  const { options, day, findings } = context;
  const { element, code, kennung, version } = coded;
  const named = version === undefined ? undefined : options.lists?.version(kennung, version);
  const list = named ?? options.lists?.on(kennung, day) ?? options.lists?.versions(kennung)[0];
  if (list === undefined) return false;
  const listed = hasCode(list, tokenOf(code));
  if (named === undefined && version !== undefined) {
    findings.warning(
      'S010',
      element,
      `version ${version} of the code list is not known here; the code was looked up in version ${list.version}`,
      `Die genannte Fassung der Codeliste ist hier nicht bekannt; geprüft wurde mit der Fassung ${list.version}.`,
    );
  }
  if (!listed) reportUnlisted(context, coded, list, named !== undefined || version === undefined);
  return true;
}

/**
 * An unknown municipality is an error whatever the version, since receivers do not check the version of that list
 * while it lags behind, except in test messages, which use keys of no municipality. Another code is an error when
 * the list is of the version that the message names.
 */
function reportUnlisted(
  { findings, isTest }: MessageContext,
  { code, kennung }: Coded,
  list: CodeList,
  isNamedVersion: boolean,
): void {
  const isError = kennung === AGS_LIST ? !isTest : isNamedVersion;
  findings[isError ? 'error' : 'warning'](
    'S011',
    code,
    `the code is not in the list ${list.shortName}, version ${list.version}`,
    `Den Schlüssel gibt es in der Codeliste „${list.shortName}“ (Fassung ${list.version}) nicht; bitte einen gültigen wählen.`,
  );
}
