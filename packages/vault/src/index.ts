export { AuditArchive } from './audit-archive.js';
export { auditLine, CHECKPOINT_EVERY, MAX_AUDIT_LINE_BYTES } from './audit-entry.js';
export type { AuditEntry, AuditLine } from './audit-entry.js';
export { AuditLog, MAX_AUDIT_BYTES } from './audit-log.js';
export type { AuditContext, AuditSigner } from './audit-log.js';
export { verifyAuditChain } from './audit-verify.js';
export type { AuditFault, AuditFaultCode, AuditVerdict } from './audit-verify.js';
export { submissionIdOf } from './case-id.js';
export { CaseLog, MAX_LOG_BYTES } from './case-log.js';
export type { CaseLogContext } from './case-log.js';
export {
  CASE_KEY_BYTES,
  caseLogHeader,
  decodeRecord,
  encodeRecord,
  MAX_ATTACHMENTS,
  MAX_RECORD_BYTES,
  SECTOR_BYTES,
} from './case-record.js';
export type { RecordPayload, RecordPlace } from './case-record.js';
export { scanCaseLog } from './case-scan.js';
export type { CaseScan, RecordPosition } from './case-scan.js';
export { Case } from './case.js';
export type { CaseContext, EventCodec } from './case.js';
export { systemClock } from './clock.js';
export type { Clock } from './clock.js';
export type {
  DeliveryAnswer,
  DeliveryContext,
  DeliveryOptions,
  DeliveryPort,
  DeliveryProgress,
  DeliveryRequest,
  EntryChange,
  Replacement,
} from './delivery-port.js';
export { wipeFile } from './durable-file.js';
export { FileKeyStore } from './file-key-store.js';
export type { FileSystemPort, OpenFile } from './file-system.js';
export { HighWaterClock } from './high-water-clock.js';
export type { KeyStore } from './key-store.js';
export { Outbox } from './outbox.js';
export { MAX_BODY_BYTES } from './outbox-files.js';
export type { OutboxContext } from './outbox.js';
export type { FollowUp, OutboxEntry, SubmissionState } from './outbox-entry.js';
export type { ProcessPort } from './process-lock.js';
export type { Recipient, RecipientReader } from './recipient.js';
export { StorageError } from './storage-error.js';
export type { StorageErrorCode } from './storage-error.js';
export { MAX_SUPPLY_BYTES, Supplies } from './supplies.js';
export type { SuppliesContext, SupplyLabel } from './supplies.js';
export { Vault } from './vault.js';
export type { SealingRequest, StoredCase, VaultContext } from './vault.js';
export type { AuditCrypto, VaultCrypto } from './vault-crypto.js';
