/**
 * What a scanner tells the person while it looks: the values of `LiveStatus` in the HLBS service "Fingerprint
 * Acquisition" (TR-03121-2-2), letter for letter.
 */
export type LiveStatus =
  | 'Initializing'
  | 'SelectMissingFingers'
  | 'SearchingFingers'
  | 'FingersRecognized'
  | 'Capturing'
  | 'ReduceFingerPressure'
  | 'RaiseFingerPressure'
  | 'MoveFingersLeft'
  | 'MoveFingersRight'
  | 'MoveFingersForward'
  | 'MoveFingersBackward'
  | 'KeepFingersStill'
  | 'PerformingQA'
  | 'AssessQuality';

/**
 * Why the person has to lay the finger down again. `too-few-fingers` and `too-many-fingers` are HLBS
 * `TooLessFingersCaptured` and `TooManyFingersCaptured`.
 */
export type RetryReason =
  | 'finger-lifted-early'
  | 'finger-moved'
  | 'finger-not-lifted'
  | 'glass-dirty'
  | 'too-few-fingers'
  | 'too-little-skin'
  | 'too-many-fingers';

/** German sentences for the screen, by status. */
export const LIVE_STATUS_TEXT: Readonly<Record<LiveStatus, string>> = {
  Initializing: 'Der Scanner wird vorbereitet.',
  SelectMissingFingers: 'Bitte fehlende Finger angeben.',
  SearchingFingers: 'Bitte den Finger auf die Glasfläche legen.',
  FingersRecognized: 'Der Finger ist erkannt.',
  Capturing: 'Der Abdruck wird aufgenommen.',
  ReduceFingerPressure: 'Bitte etwas leichter aufdrücken.',
  RaiseFingerPressure: 'Bitte etwas fester aufdrücken.',
  MoveFingersLeft: 'Bitte den Finger etwas nach links schieben.',
  MoveFingersRight: 'Bitte den Finger etwas nach rechts schieben.',
  MoveFingersForward: 'Bitte den Finger etwas nach vorn schieben.',
  MoveFingersBackward: 'Bitte den Finger etwas zurückziehen.',
  KeepFingersStill: 'Bitte den Finger ruhig liegen lassen.',
  PerformingQA: 'Der Abdruck wird geprüft.',
  AssessQuality: 'Bitte den Abdruck ansehen und entscheiden.',
};

/** German sentences for the screen, by reason. */
export const RETRY_TEXT: Readonly<Record<RetryReason, string>> = {
  'finger-lifted-early': 'Der Finger wurde zu früh abgehoben. Bitte noch einmal auflegen.',
  'finger-moved': 'Der Finger hat sich bewegt. Bitte noch einmal auflegen und ruhig halten.',
  'finger-not-lifted': 'Bitte den Finger zuerst abheben und dann neu auflegen.',
  'glass-dirty': 'Bitte die Glasfläche reinigen und den Finger noch einmal auflegen.',
  'too-few-fingers': 'Es fehlt ein Finger. Bitte alle verlangten Finger gleichzeitig auflegen.',
  'too-little-skin': 'Es liegt zu wenig von der Fingerkuppe auf. Bitte den Finger flach auflegen.',
  'too-many-fingers': 'Es liegen zu viele Finger auf. Bitte nur den verlangten Finger auflegen.',
};
