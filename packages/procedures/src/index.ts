export { allowed } from './case/allowed.js';
export { applicationFrom } from './case/application-from.js';
export { activeServices, NEW_CASE } from './case/case-state.js';
export type {
  CasePhase,
  CaseState,
  ChargedFee,
  IdentityState,
  ReviewState,
  ServiceEligibility,
} from './case/case-state.js';
export { applyEvent, foldCase } from './case/fold-case.js';
export { nextSteps } from './case/next-steps.js';
export type { NextStep } from './case/next-steps.js';
export type { RefusalCode, Verdict } from './case/refusal.js';
export { dayOfLaw } from './day-of-law.js';
export { eligibility, STATUTE_RULES } from './eligibility/eligibility.js';
export type { Acting, EligibilityQuestion } from './eligibility/question.js';
export type { AgeFacts, Facts, StatuteRule } from './eligibility/statute-rule.js';
export type { AuthorityShare } from './fees/authority-share.js';
export { feeFor } from './fees/fee-for.js';
export type { FeeQuote } from './fees/fee-for.js';
export type { FeeQuestion, LocalFee } from './fees/fee-question.js';
export type { FeeCircumstance, FeeEffect, FeeRule } from './fees/fee-rule.js';
export { FEE_RULES, WAIVERS } from './fees/fee-table.js';
export { policyFees } from './fees/policy-fees.js';
export { receiptLines } from './fees/receipt-lines.js';
export type { ReceiptLine } from './fees/receipt-lines.js';
export { requirementsFor } from './requirements.js';
export type { Asked, Required, Requirements } from './requirements.js';
export { openCaseEnds, RETENTION } from './retention.js';
export type { RetentionEnd, RetentionRule } from './retention.js';
export { STEPS } from './steps.js';
export type { Skip, Step, StepId } from './step.js';
