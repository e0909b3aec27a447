import { lastValueFrom } from 'rxjs';
import { compareMinutiae, extractMinutiae, isMatch } from '@buergerkoffer/fingerprint/minutiae';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import type { FingerPosition } from '@buergerkoffer/fingerprint';

const scanner = await simulatedFingerprintScanner({ seed: 7 }).open();
const minutiaeOf = async (finger: FingerPosition) => {
  const event = await lastValueFrom(scanner.capture({ finger }));
  return event.type === 'captured' ? extractMinutiae(event.image) : [];
};
const index = await minutiaeOf('right-index');
const again = await minutiaeOf('right-index');
const thumb = await minutiaeOf('right-thumb');
console.log('same finger:', isMatch(compareMinutiae(index, again)));
console.log('two fingers:', isMatch(compareMinutiae(index, thumb)));
await scanner.close();
