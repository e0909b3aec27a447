import { lastValueFrom } from 'rxjs';
import { FINGER_TITLE, RETRY_TEXT } from '@buergerkoffer/fingerprint';
import { paddedEvenly, resampledTo500 } from '@buergerkoffer/fingerprint/segmentation';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';

const scanner = await simulatedFingerprintScanner({ seed: 7, simultaneousFingers: 2 }).open();
const event = await lastValueFrom(scanner.capture({ slap: 'both-index' }));
if (event.type === 'captured' && event.slap !== undefined) {
  const { segmentation } = event;
  if (segmentation.outcome !== 'segmented') console.log(RETRY_TEXT[segmentation.outcome]);
  else {
    for (const { finger, image, box } of segmentation.segments) {
      const print = paddedEvenly(resampledTo500(image), 416, 560);
      console.log(FINGER_TITLE[finger], `${print.width} x ${print.height}`, Math.abs(box.rotationDeg) <= 45);
    }
  }
}
await scanner.close();
