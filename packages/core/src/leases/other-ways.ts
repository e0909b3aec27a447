import { BehaviorSubject, map, type Observable } from 'rxjs';
import type { Diagnostic } from '../bus.js';
import { placeOf, type Opened } from './open-first.js';

/** Which devices were opened in another way than the preferred one, and why: a printer that could do more, a slower line. */
export class OtherWays {
  readonly diagnostics: Observable<readonly Diagnostic[]>;
  readonly #told = new BehaviorSubject<ReadonlyMap<string, Diagnostic>>(new Map());

  constructor() {
    this.diagnostics = this.#told.pipe(map((told) => [...told.values()]));
  }

  /** The candidate was opened: what was said of it before no longer holds. */
  opened(candidate: string, model: string, { offer, passedOver: [first] }: Opened): void {
    this.#tell(
      candidate,
      first === undefined
        ? undefined
        : {
            code: 'device.other-way',
            severity: 'warning',
            message: `${model} is used through ${offer.driver} (${placeOf(offer)}), because ${first.driver} (${first.place}) failed: ${first.error.message}`,
            remedy: first.error.remedy,
          },
    );
  }

  /** The candidate is gone. */
  forget(candidate: string): void {
    this.#tell(candidate, undefined);
  }

  #tell(candidate: string, diagnostic: Diagnostic | undefined): void {
    if (diagnostic === undefined && !this.#told.value.has(candidate)) return;
    const told = new Map(this.#told.value);
    if (diagnostic === undefined) told.delete(candidate);
    else told.set(candidate, diagnostic);
    this.#told.next(told);
  }
}
