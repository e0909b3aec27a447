import { describeRefusal, refusalTextDe, type CropRefusal } from '@buergerkoffer/camera/photo';
import type { Output } from '../output.js';

/** Says why no picture was cut, and judges the photo bad. */
export function tellRefusal(output: Output, operation: string, file: string, refusal: CropRefusal): void {
  const { message, remedy } = describeRefusal(refusal);
  output.answer({ type: 'photo', operation, file, refusal, message, remedy, clerk: refusalTextDe(refusal) }, [
    `${file}: refused: ${message}`,
    `  → ${remedy}`,
  ]);
  output.judgeBad();
}
