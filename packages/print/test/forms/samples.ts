import { paAntrag, type Letterhead } from '@buergerkoffer/print/forms';

/** The fictional authority of all tests. */
export const LETTERHEAD: Letterhead = {
  authority: 'Stadt Musterstadt',
  unit: 'Bürgeramt · Mobiler Bürgerservice',
  lines: ['Rathausplatz 1', '12345 Musterstadt', 'Telefon 01234 567-0', 'buergeramt@musterstadt.example'],
  dataProtection: 'datenschutz@musterstadt.example',
};

/** An ordinary application in a care home. */
export const FILLED = paAntrag.samples.filled();
