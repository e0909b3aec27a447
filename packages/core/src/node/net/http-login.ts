import { randomBytes } from 'node:crypto';
import { DeviceError } from '../../device-error.js';
import { readChallenges, type Challenge } from './challenges.js';
import { bestDigest, digestAuthorization, type DigestChallenge, type DigestedRequest } from './digest.js';

/** Who is at a service of HTTP, for services that ask. Neither is ever in an error, an event or a record of traffic. */
export interface HttpLogin {
  readonly user: string;
  readonly password: string;
  /**
   * Says the password itself (Basic, RFC 7617) also where the connection is not encrypted: whoever is in the network can read it then.
   * Default false: there only Digest is answered, which does not tell it.
   */
  readonly basicInTheClear?: boolean;
}

/** Requests that the service may ask to be made again: without a login, with one whose nonce is too old, and once more. */
const MOST_ATTEMPTS = 3;

/** How a service was last asked to be told who is there. */
type Way =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'digest'; readonly challenge: DigestChallenge; count: number };

/**
 * Answers a service that wants to know who is there: Basic (RFC 7617) and Digest (RFC 7616). What a service once asked for it is told
 * with each further request, so that no document is sent twice. A login that was refused is not tried again: accounts get locked.
 */
export class LoginKeeper {
  readonly #login: HttpLogin;
  readonly #encrypted: boolean;
  #way: Way | undefined;
  #refused = false;

  constructor(login: HttpLogin, encrypted: boolean) {
    if (/[\0-\x1f\x7f]/u.test(login.user + login.password)) {
      throw new DeviceError('invalid-request', 'user and password hold no control characters', {
        path: 'login',
      });
    }
    this.#login = login;
    this.#encrypted = encrypted;
  }

  /**
   * The answer to a request that `send` makes with this `Authorization` header, or with none. `send` gives the status and the
   * `WWW-Authenticate` header of the answer. Rejects with `access-denied` where the service does not let this login in.
   */
  async ask<A extends { readonly status: number; readonly challenges: string; abandon(): void }>(
    request: DigestedRequest,
    send: (authorization: string | undefined) => Promise<A>,
  ): Promise<A> {
    for (let attempt = 1; ; attempt += 1) {
      const way = this.#refused ? undefined : this.#way;
      const answer = await send(way === undefined ? undefined : this.#authorization(way, request));
      if (answer.status !== 401) return answer;
      answer.abandon();
      const next = this.#wayOf(readChallenges(answer.challenges));
      const isNew =
        way === undefined || (next.scheme === 'digest' && (next.challenge.stale || attempt === 1));
      if (this.#refused || !isNew || attempt === MOST_ATTEMPTS) {
        this.#refused = true;
        throw refused();
      }
      this.#way = next;
    }
  }

  #authorization(way: Way, request: DigestedRequest): string {
    const { user, password } = this.#login;
    if (way.scheme === 'basic') {
      return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
    }
    way.count += 1;
    return digestAuthorization(
      way.challenge,
      this.#login,
      request,
      way.count,
      randomBytes(16).toString('hex'),
    );
  }

  /** The way to answer: one that does not tell the password, if there is one. */
  #wayOf(challenges: readonly Challenge[]): Way {
    const challenge = bestDigest(challenges);
    if (challenge !== undefined) return { scheme: 'digest', challenge, count: 0 };
    if (!challenges.some(({ scheme }) => scheme === 'basic')) {
      throw new DeviceError('unsupported', 'the service asks for a login of a kind that is not known here', {
        remedy: 'let the service accept Digest, or Basic over an encrypted connection',
      });
    }
    if (this.#login.user.includes(':')) {
      throw new DeviceError('invalid-request', 'the name of a user of Basic has no colon', {
        path: 'login.user',
      });
    }
    if (!this.#encrypted && this.#login.basicInTheClear !== true) {
      throw new DeviceError(
        'access-denied',
        'the service wants the password itself, over an open connection',
        {
          remedy: 'give its address with https:// or ipps://, or let the service accept Digest',
        },
      );
    }
    return { scheme: 'basic' };
  }
}

function refused(): DeviceError {
  return new DeviceError('access-denied', 'the service does not let this user in with this password', {
    remedy: 'check user and password; they are not tried again until the device is opened anew',
  });
}
