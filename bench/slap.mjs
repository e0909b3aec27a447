// A slap of two fingers and of four cut into fingertips, and frames of a preview judged, on one core. No peer is run beside
// it; the ratio of the frames is that to the 10 frames/s that guidance has to keep up with.
import { liveQuality } from '@buergerkoffer/fingerprint';
import { findFingertips } from '@buergerkoffer/fingerprint/segmentation';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import { greyImage } from '@buergerkoffer/formats';
import { lastValueFrom } from 'rxjs';

/** Frames a second that guidance has to keep up with. */
const FRAMES_PER_SECOND = 10;

async function captured(simultaneousFingers, slap) {
  const scanner = await simulatedFingerprintScanner({ seed: 7, paceMs: 0, simultaneousFingers }).open();
  const { image } = await lastValueFrom(scanner.capture({ slap }));
  await scanner.close();
  return image;
}

/** Every second pixel of every second row, as previews have it. */
function frameOf({ width, height, data }) {
  const frame = greyImage({ width: width >> 1, height: height >> 1, resolutionPpi: 250 });
  for (let at = 0; at < frame.data.length; at += 1) {
    const [column, row] = [at % frame.width, Math.floor(at / frame.width)];
    frame.data[at] = data[2 * row * width + 2 * column];
  }
  return frame;
}

export async function run({ measure, say }) {
  const two = await captured(2, 'both-index');
  const four = await captured(4, 'right-four');
  const size = ({ width, height }) => `${width} × ${height}`;
  say(`slap: two fingertips out of ${size(two)}`, await measure(() => findFingertips(two)));
  say(`slap: four fingertips out of ${size(four)}`, await measure(() => findFingertips(four)));
  for (const frame of [frameOf(two), frameOf(four)]) {
    const ms = await measure(() => liveQuality(frame));
    const perSecond = 1000 / ms;
    const ratio = (perSecond / FRAMES_PER_SECOND).toFixed(0);
    say(
      `slap: quality of a frame of ${size(frame)} (${perSecond.toFixed(0)} frames/s, ${ratio} × ${FRAMES_PER_SECOND})`,
      ms,
    );
  }
}
