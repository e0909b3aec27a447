import { InputError } from '@buergerkoffer/formats';
import { readDocumentApplication } from '../model/index.js';
import type { DocumentApplication } from '../model/index.js';
import { activeServices } from './case-state.js';
import type { CaseState } from './case-state.js';
import { appliedOn, requirementsOf } from './progress.js';

/**
 * The application for an identity card that a confirmed case amounts to, checked against the law of its day.
 * InputError `missing` with the path of the first thing that is not there, else the fault of the application.
 */
export function applicationFrom(state: CaseState): DocumentApplication {
  if (!activeServices(state).includes('personalausweis')) {
    throw new InputError('missing', 'the case holds no application for an identity card', {
      path: 'document',
    });
  }
  const requirements = need(requirementsOf(state), 'holder.birth.date');
  const { capacity, applicant } = need(state.representation, 'applicant');
  if (state.identity.state !== 'established') return need<never>(undefined, 'identity');
  if (state.fingers.state !== 'decided') return need<never>(undefined, 'fingers');
  const withoutFingers = state.fingers.outcome === 'none-temporary';
  const fee = need(state.fees.personalausweis, 'fees');
  const message = state.fuehrungszeugnis?.message;
  return readDocumentApplication({
    schemaVersion: 1,
    caseId: state.caseId,
    authority: state.authority,
    appliedOn: appliedOn(state),
    document: {
      kind: 'personalausweis',
      validFrom: requirements.on,
      validTo: withoutFingers ? requirements.validToWithoutFingers.value : requirements.validTo,
      eid: requirements.eid.value,
    },
    holder: need(state.holder, 'holder'),
    applicant,
    capacity,
    identity: state.identity.evidence,
    photo: need(state.photo, 'photo'),
    fingers: { outcome: state.fingers.outcome, captured: state.captured, missing: state.fingers.missing },
    signature: need(state.signature, 'signature'),
    qualityLog: state.qualityLog,
    fees: { lines: fee.lines, totalCents: fee.totalCents },
    ...(state.pinLetter === undefined ? {} : { pinLetter: state.pinLetter.letter }),
    attachments: [...state.forms, ...(message === undefined ? [] : [message])],
    timestamps: {
      requestedAt: state.requestedAt,
      identifiedAt: state.identity.at,
      confirmedAt: need(state.confirmedAt, 'timestamps.confirmedAt'),
      ...(state.pinLetter === undefined ? {} : { pinLetterHandedOverAt: state.pinLetter.at }),
    },
    clerks: state.clerks,
  });
}

function need<T>(value: T | undefined, path: string): T {
  if (value !== undefined) return value;
  throw new InputError('missing', `the case has no ${path} yet`, { path });
}
