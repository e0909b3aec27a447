import { BehaviorSubject, combineLatest, concat, defer, map, NEVER, Observable, of } from 'rxjs';
import type { Diagnostic } from './bus.js';
import { coalesce } from './coalesce.js';
import type { Port } from './port.js';
import type { DeviceSource, Offer } from './source.js';

/** A source that has not listed after this time is taken as empty for the first list, in milliseconds. */
const FIRST_LIST_MS = 800;

/** One source as the others must be protected from it: it may throw, fail, fall silent or flood. */
export class WatchedSource {
  /** Its offers; an empty list when it is late with the first one, or fails. */
  readonly offers: Observable<readonly Offer[]>;
  /** Its ports, in the same way. */
  readonly ports: Observable<readonly Port[]>;
  /** What it says, and that it has failed. */
  readonly diagnostics: Observable<readonly Diagnostic[]>;
  readonly #source: DeviceSource;
  /** The streams that have failed since they were last subscribed to. */
  readonly #failed = new BehaviorSubject<ReadonlySet<string>>(new Set());

  constructor(source: DeviceSource) {
    this.#source = source;
    this.offers = this.#listOf('offers', () => source.offers);
    this.ports = this.#listOf('ports', () => source.ports ?? of<readonly Port[]>([]));
    const failure: readonly Diagnostic[] = [
      {
        code: 'source.failed',
        severity: 'error',
        message: `the device source ${source.id} stopped working`,
        remedy: 'start the application again; the other devices are not affected',
      },
    ];
    this.diagnostics = combineLatest([
      this.#listOf('diagnostics', () => source.diagnostics),
      this.#failed,
    ]).pipe(map(([said, failed]) => (failed.size > 0 ? [...failure, ...said] : said)));
  }

  /** Asks it to leave `ports` alone; resolves when it does, and never rejects. */
  async leave(ports: readonly Port[]): Promise<void> {
    try {
      await this.#source.leave?.(ports);
    } catch {
      // It could not say more than that it still has a port open: opening that port will tell.
    }
  }

  #listOf<T>(name: string, stream: () => Observable<readonly T[]>): Observable<readonly T[]> {
    const lists = new Observable<readonly T[]>((subscriber) => {
      const none = (): void => {
        subscriber.next([]);
      };
      const late = setTimeout(none, FIRST_LIST_MS);
      const inTime = (): void => {
        clearTimeout(late);
      };
      subscriber.add(inTime);
      this.#note(name, false);
      subscriber.add(
        concat(defer(stream), NEVER).subscribe({
          next: (list) => {
            inTime();
            subscriber.next(list);
          },
          error: () => {
            inTime();
            none();
            this.#note(name, true);
          },
        }),
      );
    });
    return lists.pipe(coalesce());
  }

  #note(stream: string, failed: boolean): void {
    const before = this.#failed.value;
    if (before.has(stream) === failed) return;
    this.#failed.next(new Set([...before].filter((one) => one !== stream).concat(failed ? stream : [])));
  }
}
