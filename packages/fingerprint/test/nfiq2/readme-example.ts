import { assessPrint, feedbackFaults, FEEDBACK_TEXT, readNistForest } from '@buergerkoffer/fingerprint/nfiq2';
import type { MinutiaeSource } from '@buergerkoffer/fingerprint/nfiq2';
import type { GreyImage } from '@buergerkoffer/formats';

/** `forestFile`: nist_plain_tir-ink.yaml of NFIQ 2 v2.3, also packed with gzip. */
export async function qualityOf(image: GreyImage, forestFile: Uint8Array, minutiae: MinutiaeSource) {
  const forest = await readNistForest(forestFile);
  const quality = assessPrint(image, { forest, minutiae });
  for (const fault of feedbackFaults(quality.feedback)) console.log(FEEDBACK_TEXT[fault]);
  console.log(quality.score, quality.algorithm, quality.version, quality.minutiaeSource, quality.conformant);
  console.log(quality.measures.LCS_Bin10_Mean, quality.components.LCS_Bin10_Mean);
  return quality;
}
