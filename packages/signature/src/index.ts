export { signatureImage } from './image/signature-image.js';
export type { SignatureImageProfile } from './image/signature-image.js';
export { signatureMeasures } from './image/signature-measures.js';
export type { SignatureMeasures } from './image/signature-measures.js';
export { checkSignature } from './model/pen-sample.js';
export type { PenSample, Signature } from './model/pen-sample.js';
export { strokesOf } from './model/strokes.js';
export { checkedSignRequest } from './sign-request.js';
export { SIGN_RETRY_TEXT } from './sign-retry.js';
export type { SignRetryReason } from './sign-retry.js';
export { DEFAULT_SIGN_PATIENCE_MS, SIGNATURE_PAD } from './signature-pad.js';
export type {
  PadDisplay,
  SignaturePad,
  SignaturePadCapabilities,
  SignEvent,
  SignRequest,
} from './signature-pad.js';
