import type { OperationName } from '../../ipp/index.js';

/**
 * What goes wrong between printer and computer in one request.
 * - `cut`: the line is cut: before the printer has read the request, in the middle of the document, after the printer has done what was
 *   asked and before it answers, or in the middle of the answer.
 * - `silence`: the printer reads the request and never answers.
 * - `garbage`: it answers what no printer answers.
 */
export type LineFault =
  | {
      readonly operation: OperationName;
      readonly type: 'cut';
      readonly at: 'request' | 'document' | 'answer' | 'half-answer';
    }
  | { readonly operation: OperationName; readonly type: 'silence' | 'garbage' };

/** Faults of the line that are planned; each happens once, in the order of planning. */
export class LineFaults {
  readonly #planned: LineFault[] = [];

  plan(fault: LineFault): void {
    this.#planned.push(fault);
  }

  /** The fault of a request with this operation, which is over then. */
  take(operation: OperationName | undefined): LineFault | undefined {
    const index = this.#planned.findIndex((one) => one.operation === operation);
    return index < 0 ? undefined : this.#planned.splice(index, 1)[0];
  }
}
