/** What a person can do something about, by the names of the reference implementation. */
export interface ActionableFeedback {
  /** Standard deviation of the grey: below 1 the image is uniform. */
  readonly UniformImage: number;
  /** Mean grey: above 250 the image is empty or has too little contrast. */
  readonly EmptyImageOrContrastTooLow: number;
  /** Number of minutiae: below 5 this is hardly a fingerprint. Absent where no minutiae were looked for. */
  readonly FingerprintImageWithMinutiae?: number;
  /** Pixels of the finger: below 50,000 too little of it is seen. */
  readonly SufficientFingerprintForeground: number;
}

/** What is wrong with a print. */
export type FeedbackFault = keyof ActionableFeedback;

/** Limits of the feedback (NFIQ 2 v2.3). */
export const FEEDBACK_LIMITS: Readonly<Record<FeedbackFault, number>> = {
  UniformImage: 1,
  EmptyImageOrContrastTooLow: 250,
  FingerprintImageWithMinutiae: 5,
  SufficientFingerprintForeground: 50_000,
};

/** What to tell the person about each fault, in German. */
export const FEEDBACK_TEXT: Readonly<Record<FeedbackFault, string>> = {
  UniformImage: 'Auf dem Bild ist kein Finger zu sehen. Bitte den Finger neu auflegen.',
  EmptyImageOrContrastTooLow:
    'Der Abdruck ist zu blass. Bitte den Finger leicht anfeuchten und fester auflegen.',
  FingerprintImageWithMinutiae:
    'Das Muster des Fingers ist nicht zu erkennen. Bitte Finger und Glas reinigen.',
  SufficientFingerprintForeground:
    'Es ist zu wenig vom Finger zu sehen. Bitte die ganze Fingerkuppe auflegen.',
};

/** The faults that `feedback` shows, none for a good print. */
export function feedbackFaults(feedback: ActionableFeedback): readonly FeedbackFault[] {
  const limits = FEEDBACK_LIMITS;
  const minutiae = feedback.FingerprintImageWithMinutiae ?? Number.POSITIVE_INFINITY;
  const isFaulty: Readonly<Record<FeedbackFault, boolean>> = {
    UniformImage: feedback.UniformImage < limits.UniformImage,
    EmptyImageOrContrastTooLow: feedback.EmptyImageOrContrastTooLow > limits.EmptyImageOrContrastTooLow,
    FingerprintImageWithMinutiae: minutiae < limits.FingerprintImageWithMinutiae,
    SufficientFingerprintForeground:
      feedback.SufficientFingerprintForeground < limits.SufficientFingerprintForeground,
  };
  const faults: readonly FeedbackFault[] = [
    'UniformImage',
    'EmptyImageOrContrastTooLow',
    'FingerprintImageWithMinutiae',
    'SufficientFingerprintForeground',
  ];
  return faults.filter((fault) => isFaulty[fault]);
}
