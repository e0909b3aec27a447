import type { RejectionCode } from './rejection-code.js';

/** How bad a finding is: an `error` keeps the message in the house, a `warning` is shown and sent. */
export type Severity = 'error' | 'warning';

/**
 * What a receiver would object to, found before the message leaves.
 * `message` (English, for developers) and `messageDe` (German, for the clerk) name the rule and never the value.
 */
export interface Finding {
  /** The Rückweisung code that the fault would provoke (XInneres list of error codes, version 3). */
  readonly code: RejectionCode;
  readonly severity: Severity;
  /** Field of the typed input, e.g. `person.geburt.ort` or `autor.erreichbarkeit[0].kennung`. */
  readonly path: string;
  readonly message: string;
  readonly messageDe: string;
}

/** Where a check speaks: the same checks look at typed input and at the elements of a message, each with its own paths. */
export interface FindingSink {
  error(code: RejectionCode, path: string, message: string, messageDe: string): void;
  warning(code: RejectionCode, path: string, message: string, messageDe: string): void;
}

/** Collects findings of typed input; a check is a function that gets one and speaks through it. */
export class Findings implements FindingSink {
  readonly #found: Finding[] = [];

  error(code: RejectionCode, path: string, message: string, messageDe: string): void {
    this.#found.push({ code, severity: 'error', path, message, messageDe });
  }

  warning(code: RejectionCode, path: string, message: string, messageDe: string): void {
    this.#found.push({ code, severity: 'warning', path, message, messageDe });
  }

  get all(): readonly Finding[] {
    return this.#found;
  }
}
