/** One way in that a service offers (RFC 9110, 11.3): its scheme in lower case, and its parameters by their names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Partial<Record<string, string>>>;
}

/** A service offers few ways in; what comes after so many is not read. */
const MOST_CHALLENGES = 16;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const PARAMETER =
  /[\t ]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[\t ]*=[\t ]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\.)*)")/y;
/** Credentials in one piece, which Basic and Digest do not have: `Negotiate YII…=`. */
const TOKEN_68 = /[\t ]+[A-Za-z0-9._~+/-]+=*(?=[\t ]*(?:,|$))/y;
const SEPARATORS = /[\t ,]*/y;

/** The challenges of a `WWW-Authenticate` header, several of which may be joined by commas; reading ends at the first fault. */
export function readChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(header);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  while (challenges.length < MOST_CHALLENGES) {
    take(SEPARATORS);
    const scheme = take(TOKEN)?.[0].toLowerCase();
    if (scheme === undefined) break;
    const parameters: Record<string, string> = {};
    if (take(TOKEN_68) === null) {
      for (let found = take(PARAMETER); found !== null; found = take(PARAMETER)) {
        const [, name = '', token, quoted = ''] = found;
        parameters[name.toLowerCase()] ??= token ?? quoted.replaceAll(/\\(.)/gu, '$1');
        take(SEPARATORS);
      }
    }
    challenges.push({ scheme, parameters });
  }
  return challenges;
}
