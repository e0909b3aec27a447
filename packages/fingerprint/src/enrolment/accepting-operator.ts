import { FAILED_QUALITY } from '../process/captured-print.js';
import { codeOf } from '../process/capture-target.js';
import type { MissingFinger } from '../process/enrolment-command.js';
import type { DecidingOperator } from './enrolment-options.js';

/**
 * An operator who is not there: for demonstrations, tests and measurements, never at a counter. It names `missing`,
 * takes the best capture; where there is a warning it has it captured once more and then takes none, and none whose
 * quality could not be computed.
 */
export function acceptingOperator(missing: readonly MissingFinger[] = []): DecidingOperator {
  const begunAgain = new Set<number>();
  return (event) => {
    if (event.type === 'LiveStatus' && event.status === 'SelectMissingFingers') {
      return { command: 'SelectMissingFingers', missing };
    }
    if (event.type !== 'OperatorDecision') return undefined;
    if (event.best.some(({ print }) => print.quality.value === FAILED_QUALITY)) {
      return { command: 'Continue', veto: { type: 'NOK' } };
    }
    if (event.best.every(({ warnings }) => warnings.length === 0)) return { command: 'Continue' };
    const code = codeOf(event.target);
    if (begunAgain.has(code)) return { command: 'Continue', veto: { type: 'NOK' } };
    begunAgain.add(code);
    return { command: 'Discard' };
  };
}
