import { paAntrag, pinBrief, quittung } from '@buergerkoffer/print/forms';

export { EXTREME_NAME } from '../../src/forms/library/sample-text.js';
export const LONGEST = paAntrag.samples.longest();
export const LATIN = paAntrag.samples.latin();
export const QUITTUNG = quittung.samples.filled();
export const QUITTUNG_LONGEST = quittung.samples.longest();
export const PIN_BRIEF = pinBrief.samples.filled();
export const PIN_BRIEF_LONGEST = pinBrief.samples.longest();
