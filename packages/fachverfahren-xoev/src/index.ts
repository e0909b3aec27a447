export { ServiceError } from './service-error.js';
export type { ServiceErrorCode, ServiceErrorDetails, ServiceErrorShape } from './service-error.js';
export {
  SEALED_CONTENT_TYPE,
  SubmissionAnswer,
  SubmissionId,
  SubmissionReason,
  SubmissionState,
} from './submission/submission-port.js';
export type { Submission, SubmissionPort, SubmissionReceipt } from './submission/submission-port.js';
export { RegisterAnswer, RegisterPerson, RegisterQuery } from './submission/register-lookup.js';
export type { RegisterLookup } from './submission/register-lookup.js';
export {
  decodeSealedPayload,
  encodeSealedPayload,
  MAX_PAYLOAD_BYTES,
  SealedAttachment,
  sealedAttachment,
  SealedMessage,
  sealedMessage,
  SealedPayload,
} from './submission/sealed-payload.js';
export { registerContract, submissionContract } from './submission/contract.js';
export type { RegisterFixture, SubmissionFixture } from './submission/contract.js';
export type { ContractCase } from './submission/contract-case.js';
export { Receipt, requireReceipt } from './submission/receipt.js';
export type { ReceiptSubject, ReceiptVerifier } from './submission/receipt.js';
export { messageTransportContract } from './transport/contract.js';
export type { TransportFixture } from './transport/contract.js';
export type {
  MessageTransport,
  OutgoingMessage,
  TransportAnswer,
  TransportEvent,
  TransportRejection,
} from './transport/message-transport.js';
export { PATIENCE } from './transport/patience.js';
export type { Patience } from './transport/patience.js';
export { submissionTransport } from './transport/submission-transport.js';
export { DEADLINES, fachverfahrenHttp } from './http/fachverfahren-http.js';
export type { Deadlines, FachverfahrenHttp, FachverfahrenHttpOptions } from './http/fachverfahren-http.js';
export { MAX_ANSWER_BYTES } from './http/exchange.js';
export type { Fetch } from './http/exchange.js';
export { Problem } from './http/problem.js';
export { deliveryThrough } from './transport/delivery-through.js';
export type { DeliveryThrough, OutboxAnswer, OutboxRequest } from './transport/delivery-through.js';
export { osciFeedbackOutcome, osciOutcome } from './outcome/osci-outcome.js';
export { worstOutcome } from './outcome/outcome.js';
export type { FollowUp, Outcome } from './outcome/outcome.js';
export { rejectionOutcome, rejectionsOutcome } from './outcome/rejection-outcome.js';
export { xtaOutcome } from './outcome/xta-outcome.js';
