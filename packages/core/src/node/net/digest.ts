import { createHash } from 'node:crypto';
import type { Challenge } from './challenges.js';

/** Hash functions by the names that RFC 7616 gives them, the best first. */
const HASHES = { 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256', MD5: 'md5' } as const;
type HashName = keyof typeof HASHES;
const BY_STRENGTH = Object.keys(HASHES) as readonly HashName[];

/** A challenge of Digest that can be answered here (RFC 7616, 3.3). */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly hash: HashName;
  /** The key is of this nonce only. */
  readonly session: boolean;
  /** What is covered; undefined for services of RFC 2069, which cover method and address without counting. */
  readonly quality: 'auth' | 'auth-int' | undefined;
  readonly opaque: string | undefined;
  readonly hidesUser: boolean;
  /** The login was right, its nonce too old. */
  readonly stale: boolean;
}

/** What is asked, as it stands on the request line. */
export interface DigestedRequest {
  readonly method: string;
  readonly target: string;
  readonly body?: Uint8Array;
}

/** The best challenge of Digest among these. */
export function bestDigest(challenges: readonly Challenge[]): DigestChallenge | undefined {
  const known = challenges.flatMap((each) => digestOf(each) ?? []);
  return known.sort((a, b) => BY_STRENGTH.indexOf(a.hash) - BY_STRENGTH.indexOf(b.hash))[0];
}

function digestOf({ scheme, parameters }: Challenge): DigestChallenge | undefined {
  const { realm = '', nonce, qop, opaque } = parameters;
  const [, name, session] = /^(.*?)(-sess)?$/i.exec(parameters['algorithm'] ?? 'MD5') ?? [];
  const hash = BY_STRENGTH.find((each) => each === name?.toUpperCase());
  const offered = qop?.toLowerCase().split(/[\t ,]+/);
  const quality = (['auth', 'auth-int'] as const).find((each) => offered?.includes(each) === true);
  if (scheme !== 'digest' || nonce === undefined || hash === undefined) return undefined;
  if (offered !== undefined && quality === undefined) return undefined;
  return {
    ...{ realm, nonce, hash, quality, opaque, session: session !== undefined },
    hidesUser: parameters['userhash']?.toLowerCase() === 'true',
    stale: parameters['stale']?.toLowerCase() === 'true',
  };
}

/**
 * The `Authorization` header of a request (RFC 7616, 3.4). `count` says the how many-th request with this nonce it is, from 1;
 * `clientNonce` is chosen anew for each.
 */
export function digestAuthorization(
  challenge: DigestChallenge,
  { user, password }: { readonly user: string; readonly password: string },
  request: DigestedRequest,
  count: number,
  clientNonce: string,
): string {
  const { realm, nonce, quality, opaque, session, hidesUser } = challenge;
  const hash = (data: string | Uint8Array): string =>
    createHash(HASHES[challenge.hash]).update(data).digest('hex');
  const plainKey = hash(`${user}:${realm}:${password}`);
  const key = session ? hash(`${plainKey}:${nonce}:${clientNonce}`) : plainKey;
  const body = quality === 'auth-int' ? `:${hash(request.body ?? new Uint8Array())}` : '';
  const asked = hash(`${request.method}:${request.target}${body}`);
  const counted = count.toString(16).padStart(8, '0');
  const covered = quality === undefined ? nonce : `${nonce}:${counted}:${clientNonce}:${quality}`;
  const parameters = [
    hidesUser ? `username=${quoted(hash(`${user}:${realm}`))}` : userParameter(user),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(request.target)}`,
    `algorithm=${challenge.hash}${session ? '-sess' : ''}`,
    `response="${hash(`${key}:${covered}:${asked}`)}"`,
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(quality === undefined ? [] : [`qop=${quality}`, `nc=${counted}`]),
    ...(quality === undefined && !session ? [] : [`cnonce="${clientNonce}"`]),
    ...(hidesUser ? ['userhash=true'] : []),
  ];
  return `Digest ${parameters.join(', ')}`;
}

/** A name beyond ASCII is written as RFC 8187 has it. */
function userParameter(user: string): string {
  if (/^[ -~]*$/u.test(user)) return `username=${quoted(user)}`;
  const encoded = encodeURIComponent(user).replaceAll(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `username*=UTF-8''${encoded}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/gu, '\\$&')}"`;
}
