import { convolutionBank } from './convolution-bank.js';
import type { FilterBank } from './filter-bank.js';
import type { WsqFilters } from './filters.js';
import { liftingBank } from './lifting-bank.js';
import { liftingOf } from './lifting.js';

/** The fastest bank for the filters: lifting steps where the filters have them, convolution otherwise. */
export function filterBankOf(filters: WsqFilters): FilterBank {
  const lifting = liftingOf(filters);
  return lifting === undefined ? convolutionBank(filters) : liftingBank(lifting);
}
