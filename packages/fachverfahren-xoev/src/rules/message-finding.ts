import type { MessageElement } from '../message/tree.js';
import type { FindingSink } from '../xmeld/finding.js';
import type { RejectionCode } from '../xmeld/rejection-code.js';

/**
 * How bad a finding is: an `error` keeps the message in the house, a `warning` is shown and sent, `not-assessed` says
 * that something could not be checked because a code list is not at hand.
 */
export type MessageSeverity = 'error' | 'warning' | 'not-assessed';

/**
 * What a receiver would object to in a message, beyond its schema.
 * `message` (English, for developers) and `messageDe` (German, for the clerk) say what to change and never quote a value.
 */
export interface MessageFinding {
  /** The Rückweisung code that the fault would provoke (XInneres list of error codes, version 3). */
  readonly code: RejectionCode;
  readonly severity: MessageSeverity;
  /** Line on which the start tag of the element ends, from 1. */
  readonly line: number;
  /** Location path of the element, as in the tree. */
  readonly path: string;
  readonly message: string;
  readonly messageDe: string;
}

/** Most findings of one severity that are kept: a message with more of them is wrong as a whole. */
export const MAX_FINDINGS = 1000;

/** Collects findings on elements. */
export class MessageFindings {
  readonly #found: MessageFinding[] = [];
  readonly #counts: Record<MessageSeverity, number> = { error: 0, warning: 0, 'not-assessed': 0 };

  error(code: RejectionCode, element: MessageElement, message: string, messageDe: string): void {
    this.#report('error', code, element, message, messageDe);
  }

  warning(code: RejectionCode, element: MessageElement, message: string, messageDe: string): void {
    this.#report('warning', code, element, message, messageDe);
  }

  notAssessed(code: RejectionCode, element: MessageElement, message: string, messageDe: string): void {
    this.#report('not-assessed', code, element, message, messageDe);
  }

  /**
   * For checks that are shared with typed input: what they say of a path in `places` goes to the element there,
   * else to the child of `element` that the last part of the path names, else to `element` itself.
   */
  sink(
    element: MessageElement,
    places: Readonly<Record<string, MessageElement | undefined>> = {},
  ): FindingSink {
    const at = (path: string): MessageElement => {
      const known = Object.hasOwn(places, path) ? places[path] : undefined;
      if (known !== undefined) return known;
      const name = path.slice(path.lastIndexOf('.') + 1);
      return element.children.find(({ local }) => local === name) ?? element;
    };
    return {
      error: (code, path, message, messageDe) => {
        this.error(code, at(path), message, messageDe);
      },
      warning: (code, path, message, messageDe) => {
        this.warning(code, at(path), message, messageDe);
      },
    };
  }

  /** In the order of the document; one thing that two rules found at one place is told once. */
  get all(): readonly MessageFinding[] {
    const seen = new Set<string>();
    return this.#found
      .filter(({ path, code, severity, message }) => {
        const key = `${path}\n${code}\n${severity}\n${message}`;
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      })
      .sort((a, b) => a.line - b.line);
  }

  #report(
    severity: MessageSeverity,
    code: RejectionCode,
    { line, path }: MessageElement,
    message: string,
    messageDe: string,
  ): void {
    this.#counts[severity] += 1;
    if (this.#counts[severity] <= MAX_FINDINGS) {
      this.#found.push({ code, severity, line, path, message, messageDe });
    }
  }
}
