import { allowed, applyEvent, eligibility, feeFor, NEW_CASE, nextSteps } from '@buergerkoffer/procedures';
import { readAuthorityConfig, readCaseEvent } from '@buergerkoffer/procedures/model';

export function visit(configJson: string, requestedJson: string) {
  const { policy } = readAuthorityConfig(configJson); // InputError names the field
  const answer = eligibility(
    {
      service: 'personalausweis',
      on: '2026-03-02',
      born: '1944-08-12',
      capacity: 'capable',
      acting: { role: 'holder' },
      place: 'care-home',
      residence: 'here',
    },
    policy,
  );
  const fee = feeFor({ service: 'personalausweis', on: '2026-03-02', born: '1944-08-12' });
  const event = readCaseEvent(requestedJson);
  const verdict = allowed(NEW_CASE, event, policy); // ask, make the event durable, then apply it
  const state = verdict.allowed ? applyEvent(NEW_CASE, event) : NEW_CASE;
  return { answer, totalCents: fee.totalCents, next: nextSteps(state, policy).map(({ step }) => step.title) };
}
