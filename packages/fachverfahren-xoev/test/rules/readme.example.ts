import { codeLists, readGenericode } from '@buergerkoffer/fachverfahren-xoev/codelists';
import { readMessageTree } from '@buergerkoffer/fachverfahren-xoev/message';
import { checkMessage } from '@buergerkoffer/fachverfahren-xoev/rules';

/** What a receiver would object to in a message, line by line, in German; genericode as it came from the XRepository. */
export function objections(message: Uint8Array, genericode: readonly Uint8Array[]): readonly string[] {
  const lists = codeLists(genericode.map(readGenericode));
  const findings = checkMessage(readMessageTree(message), { now: Date.now(), lists });
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ line, code, messageDe }) => `Zeile ${line}: ${messageDe} (${code})`);
}
