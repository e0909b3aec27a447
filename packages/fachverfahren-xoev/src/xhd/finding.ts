/** What an order would be complained of, found before it leaves; texts name the rule, never the value. */
export interface XhdFinding {
  readonly severity: 'error' | 'warning';
  /** Path in the message, e.g. `Nutzdaten.Antraege.Antrag[0].AntragsID`. */
  readonly path: string;
  readonly message: string;
  readonly messageDe: string;
}

/** Collects findings below a path; a rule speaks through it. */
export class XhdFindings {
  readonly #found: XhdFinding[];
  readonly #path: string;

  constructor(path = '', found: XhdFinding[] = []) {
    this.#path = path;
    this.#found = found;
  }

  /** The same collection, for what lies below `path`. */
  at(path: string): XhdFindings {
    return new XhdFindings(this.#path === '' ? path : `${this.#path}.${path}`, this.#found);
  }

  /** An error when `broken`. */
  error(broken: boolean, path: string, message: string, messageDe: string): void {
    this.#add('error', broken, path, message, messageDe);
  }

  /** A warning when `odd`. */
  warning(odd: boolean, path: string, message: string, messageDe: string): void {
    this.#add('warning', odd, path, message, messageDe);
  }

  get all(): readonly XhdFinding[] {
    return this.#found;
  }

  #add(
    severity: XhdFinding['severity'],
    applies: boolean,
    path: string,
    message: string,
    messageDe: string,
  ): void {
    if (!applies) return;
    const full = [this.#path, path].filter((part) => part !== '').join('.');
    this.#found.push({ severity, path: full, message, messageDe });
  }
}
