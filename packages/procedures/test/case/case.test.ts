import {
  allowed,
  applicationFrom,
  applyEvent,
  foldCase,
  NEW_CASE,
  nextSteps,
  STEPS,
} from '@buergerkoffer/procedures';
import type { CaseState } from '@buergerkoffer/procedures';
import type { CaseEvent, Policy } from '@buergerkoffer/procedures/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE, EVENTS, HOLDER, NO, POLICY, visit } from '../support/case-events.js';
import type { EventName } from '../support/case-events.js';
import { refusalOf } from '../support/refusal-of.js';

function after(last: EventName, without: readonly EventName[] = []): CaseState {
  return foldCase(visit(last, without));
}

function refusal(state: CaseState, event: CaseEvent, policy?: Policy) {
  const verdict = allowed(state, event, policy);
  return verdict.allowed ? 'allowed' : (verdict.step ?? verdict.path ?? verdict.code);
}

describe('a whole visit', () => {
  it('is allowed event by event and ends erased', () => {
    let state = NEW_CASE;
    for (const event of visit('erased')) {
      expect(allowed(state, event, POLICY), event.type).toEqual({ allowed: true });
      state = applyEvent(state, event);
    }
    expect(state.phase).toBe('erased');
    expect(nextSteps(state, POLICY)).toEqual([]);
  });

  it('can be walked by doing what comes next', () => {
    const eventsOf = new Map(
      STEPS.map((step) => [step.id, visit('erased').filter((e) => step.events.includes(e.type))]),
    );
    let state = applyEvent(NEW_CASE, EVENTS.requested);
    const walked: string[] = [];
    for (;;) {
      const next = nextSteps(state, POLICY).find(({ necessity }) => necessity === 'required');
      if (next === undefined) break;
      walked.push(next.step.id);
      for (const event of eventsOf.get(next.step.id) ?? []) {
        expect(allowed(state, event, POLICY), event.type).toEqual({ allowed: true });
        state = applyEvent(state, event);
      }
    }
    expect(state.phase).toBe('erased');
    expect(new Set(walked).size).toBe(walked.length);
  });

  it('gives the application of its day', () => {
    const application = applicationFrom(after('confirmed'));
    expect(application).toMatchObject({
      appliedOn: '2026-03-02',
      document: { validFrom: '2026-03-02', validTo: '2036-03-01', eid: 'on' },
      fingers: { outcome: 'two' },
      clerks: ['clerk-a', 'clerk-b'],
    });
    expect(application.qualityLog.map((entry) => entry.kind)).toEqual([
      'photo',
      'finger',
      'finger',
      'signature',
    ]);
    expect(application.attachments.map((each) => each.kind)).toEqual(['form', 'message']);
  });

  it.each([
    ['capacity', 'applicant'],
    ['photo', 'photo'],
    ['fingers', 'fingers'],
    ['signature', 'signature'],
    ['data', 'holder'],
    ['feeCard', 'fees'],
    ['pinLetter', 'pinLetter'],
    ['identified', 'identity'],
  ] as const)('without %s gives no application', (name, path) => {
    expect(refusalOf(() => applicationFrom(after('confirmed', [name])))).toMatchObject({
      code: 'missing',
      path,
    });
  });
});

describe('the order of a visit', () => {
  it.each([
    ['identified', ['eligibleCard'], 'eligibility'],
    ['photo', ['identified', 'capacity', 'register', 'data'], 'identification'],
    ['data', ['capacity', 'register'], 'capacity'],
    ['pinLetter', ['informed'], 'information'],
    ['certificate', ['data'], 'data'],
    ['reviewed', ['photo'], 'photo'],
    ['confirmed', ['pinLetter'], 'pin-letter'],
    ['confirmed', ['feeCertificate'], 'fee'],
    ['confirmed', ['reviewed'], 'review'],
    ['sealed', ['confirmed'], 'wrong-phase'],
    ['handedOver', ['sealed'], 'wrong-phase'],
  ] as const)('refuses %s without %j, naming %s', (name, without, what) => {
    expect(refusal(after(name, [name, ...without]), EVENTS[name], POLICY)).toBe(what);
  });

  it('stops everything while the identity is in doubt', () => {
    const doubt: CaseEvent = {
      ...BASE,
      type: 'identity-doubted',
      reason: 'Lichtbild',
      furtherMeasure: 'Zeugin',
    };
    const state = applyEvent(after('capacity'), doubt);
    expect(refusal(state, EVENTS.data)).toBe('identification');
    expect(refusal(applyEvent(state, EVENTS.identified), EVENTS.data)).toBe('allowed');
  });

  it('does not go on the way when the self-test says no', () => {
    const state = applyEvent(after('preloaded'), { ...EVENTS.selfTested, outcome: 'no-go' });
    expect(refusal(state, EVENTS.identified)).toBe('self-test');
    expect(refusal(applyEvent(state, EVENTS.selfTested), EVENTS.identified)).toBe('allowed');
  });

  it('takes no capture after the confirmation and a cancellation until the seal', () => {
    const cancelled: CaseEvent = { ...BASE, type: 'cancelled', reason: 'withdrawn' };
    expect(refusal(after('confirmed'), EVENTS.photo)).toBe('wrong-phase');
    expect(refusal(after('confirmed'), cancelled)).toBe('allowed');
    expect(refusal(after('sealed'), cancelled)).toBe('wrong-phase');
    const state = applyEvent(after('data'), cancelled);
    expect(nextSteps(state).map(({ step }) => step.id)).toEqual(['erasure']);
    expect(refusal(state, { ...EVENTS.erased, cause: 'cancelled' })).toBe('allowed');
    expect(refusal(state, EVENTS.erased)).toBe('inconsistent');
  });
});

describe('two clerks', () => {
  it('review each other where the policy asks for it', () => {
    const state = after('form');
    expect(refusal(state, EVENTS.reviewed, POLICY)).toBe('allowed');
    expect(refusal(state, { ...EVENTS.reviewed, by: ['clerk-a'] }, POLICY)).toBe('four-eyes');
    expect(refusal(state, { ...EVENTS.reviewed, by: ['clerk-a'] })).toBe('allowed');
  });

  it('review together what each of them recorded', () => {
    const state = applyEvent(after('form'), { ...EVENTS.photo, by: ['clerk-b'] });
    expect(refusal(state, EVENTS.reviewed, POLICY)).toBe('four-eyes');
    expect(refusal(state, { ...EVENTS.reviewed, by: ['clerk-a', 'clerk-b'] }, POLICY)).toBe('allowed');
  });

  it('need no third where both recorded everything together', () => {
    const state = foldCase(visit('form').map((event) => ({ ...event, by: ['clerk-a', 'clerk-b'] })));
    expect(refusal(state, { ...EVENTS.reviewed, by: ['clerk-a'] }, POLICY)).toBe('allowed');
  });

  it('review again after a change', () => {
    const state = applyEvent(after('reviewed'), EVENTS.photo);
    expect(refusal(state, EVENTS.confirmed, POLICY)).toBe('review');
  });

  it('do not confirm what was returned, even without the policy', () => {
    const returned: CaseEvent = {
      ...EVENTS.reviewed,
      result: { verdict: 'returned', reason: 'Größe fehlt' },
    };
    expect(refusal(applyEvent(after('form'), returned), EVENTS.confirmed)).toBe('review');
    expect(refusal(after('form'), EVENTS.confirmed)).toBe('allowed');
  });
});

describe('a visit by two', () => {
  it('is planned with two clerks where the policy asks for four eyes', () => {
    const alone: CaseEvent = { ...EVENTS.scheduled, team: ['clerk-a'] };
    expect(refusal(after('eligibleCertificate'), alone, POLICY)).toBe('four-eyes');
    expect(refusal(after('eligibleCertificate'), { ...alone, team: ['clerk-a', 'clerk-a'] }, POLICY)).toBe(
      'four-eyes',
    );
    expect(refusal(after('eligibleCertificate'), alone)).toBe('allowed');
  });
});

describe('what a case does not take', () => {
  it('is an override of a refusal, or an open question without a decision', () => {
    const state = after('requested');
    const refused: CaseEvent = { ...EVENTS.eligibleCard, answer: NO };
    expect(refusal(state, { ...refused, clerkDecision: { granted: true, reason: 'Ausnahme' } })).toBe(
      'inconsistent',
    );
    expect(refusal(state, { ...refused, answer: { ...NO, outcome: 'clerk-decides' } })).toBe('inconsistent');
  });

  it('is a second PIN letter, another birth date, another submission, a second start', () => {
    expect(refusal(after('pinLetter'), EVENTS.pinLetter)).toBe('duplicate');
    const other = { ...HOLDER, birth: { ...HOLDER.birth, date: '1945-08-12' } };
    expect(refusal(after('capacity'), { ...EVENTS.data, holder: other })).toBe('inconsistent');
    const answer = { ...EVENTS.handedOver, submissionId: '0f9cbb0e-6d2f-4f0a-8a2b-3f6f5d6f0009' };
    expect(refusal(after('sealed'), answer)).toBe('inconsistent');
    expect(refusal(after('requested'), EVENTS.requested)).toBe('duplicate');
  });

  it('is a birth date in the future', () => {
    expect(refusal(NEW_CASE, { ...EVENTS.requested, holderBorn: '2026-03-03' })).toBe('inconsistent');
    expect(refusal(NEW_CASE, { ...EVENTS.requested, holderBorn: '2026-03-02' })).toBe('allowed');
  });

  it('is a representative whom the law refuses', () => {
    const name = { familyName: 'Muster', givenNames: 'Anna' };
    const applicant = {
      role: 'bevollmaechtigter',
      name,
      vollmacht: 'oeffentlich-beglaubigt',
      evidence: 'Urkunde',
    } as const;
    const event: CaseEvent = { ...EVENTS.capacity, capacity: 'handlungsunfaehig', applicant };
    expect(refusal(after('identified'), event)).toBe('not-eligible');
    const withoutCertificate = applyEvent(after('identified'), { ...EVENTS.eligibleCertificate, answer: NO });
    expect(refusal(withoutCertificate, event)).toBe('allowed');
  });

  it('is a finger outcome that the fingers do not show', () => {
    const state = after('right');
    const missing = [{ hand: 'left', result: 'missing', permanence: 'permanent', reason: 'fehlt' }] as const;
    expect(refusal(state, EVENTS.fingers)).toBe('inconsistent');
    expect(refusal(state, { ...EVENTS.fingers, outcome: 'none-permanent', missing })).toBe('inconsistent');
    expect(refusal(state, { ...EVENTS.fingers, outcome: 'one', missing })).toBe('allowed');
  });

  it('is an omitted signature of somebody who is not under 10', () => {
    const omitted: CaseEvent = { ...BASE, type: 'signature-omitted', omission: { reason: 'under-10' } };
    expect(refusal(after('fingers'), omitted)).toBe('age');
  });

  it('is a confirmation of an application that is not lawful', () => {
    const withoutHeight = { ...HOLDER, heightCm: undefined };
    const state = [{ ...EVENTS.data, holder: withoutHeight }, EVENTS.reviewed].reduce(
      applyEvent,
      after('form'),
    );
    expect(refusal(state, EVENTS.confirmed, POLICY)).toBe('holder.heightCm');
  });
});

describe('fingers', () => {
  const child = { ...HOLDER, birth: { ...HOLDER.birth, date: '2021-01-01' } };

  it('are not asked of a child under 6, whose custodian applies', () => {
    const name = { familyName: 'Mustermann', givenNames: 'Max' };
    const events: readonly CaseEvent[] = [
      { ...EVENTS.requested, services: ['personalausweis'], holderBorn: '2021-01-01' },
      EVENTS.eligibleCard,
      EVENTS.identified,
      {
        ...EVENTS.capacity,
        applicant: { role: 'custodian', name, custody: 'sole', evidence: 'Bescheinigung' },
      },
      { ...EVENTS.data, holder: child },
    ];
    const state = foldCase(events);
    expect(refusal(state, EVENTS.right)).toBe('age');
    const missing = [
      { hand: 'left', result: 'not-requested', reason: 'under-6' },
      { hand: 'right', result: 'not-requested', reason: 'under-6' },
    ] as const;
    expect(refusal(state, { ...EVENTS.fingers, outcome: 'none-under-6', missing })).toBe('allowed');
  });

  it('are asked of a child that is 6 on the day of the visit, a day of Europe/Berlin', () => {
    const visited = (at: string) =>
      foldCase([
        {
          ...EVENTS.requested,
          services: ['personalausweis'],
          at: '2026-12-01T09:00:00Z',
          holderBorn: '2021-01-01',
        },
        EVENTS.eligibleCard,
        { ...EVENTS.identified, at },
      ]);
    const outcome = (at: string) => refusal(visited(at), EVENTS.right);
    expect(outcome('2026-12-31T22:59:59Z')).toBe('age');
    expect(outcome('2026-12-31T23:00:00Z')).toBe('allowed');
  });

  it('can be two of one hand where the other has none', () => {
    const second: CaseEvent = {
      ...EVENTS.left,
      finger: { ...EVENTS.left.finger, position: 'right-thumb', additional: true },
    };
    const missing = [
      { hand: 'left', result: 'missing', permanence: 'permanent', reason: 'Hand fehlt' },
    ] as const;
    const begun = applyEvent(after('data'), EVENTS.right);
    const state = applyEvent(begun, second);
    expect(state.captured.map(({ position }) => position)).toEqual(['right-index', 'right-thumb']);
    expect(refusal(state, { ...EVENTS.fingers, missing })).toBe('allowed');
    expect(refusal(state, EVENTS.fingers)).toBe('inconsistent');
    const other = applyEvent(state, EVENTS.left);
    expect(other.captured.map(({ position }) => position)).toEqual(['right-index', 'left-index']);
    const middle = { ...second, finger: { ...second.finger, position: 'right-middle' } } as const;
    expect(applyEvent(state, middle).captured.map(({ position }) => position)).toEqual([
      'right-index',
      'right-middle',
    ]);
  });

  it('count the last capture of a hand and open the decision again', () => {
    const thumb: CaseEvent = { ...EVENTS.right, finger: { ...EVENTS.right.finger, position: 'right-thumb' } };
    const state = applyEvent(after('fingers'), thumb);
    expect(state.captured.map((finger) => finger.position)).toEqual(['left-index', 'right-thumb']);
    expect(state.fingers.state).toBe('open');
  });

  it('that are temporarily impossible give a card of twelve months', () => {
    const missing = [
      { hand: 'left', result: 'missing', permanence: 'temporary', reason: 'Verband' },
      {
        hand: 'right',
        result: 'tried-and-poor',
        attempts: 3,
        permanence: 'permanent',
        reason: 'glatte Haut',
      },
    ] as const;
    const decided: CaseEvent = { ...EVENTS.fingers, outcome: 'none-temporary', missing };
    const events = visit('confirmed', ['right', 'left']).map((event) =>
      event.type === 'fingers-decided' ? decided : event,
    );
    expect(applicationFrom(foldCase(events)).document.validTo).toBe('2027-03-01');
  });
});

describe('several services', () => {
  it('go on without the one that was refused', () => {
    const events = visit('confirmed', ['certificate', 'feeCertificate']).map((event) =>
      event === EVENTS.eligibleCertificate ? { ...EVENTS.eligibleCertificate, answer: NO } : event,
    );
    let state = NEW_CASE;
    for (const event of events) {
      expect(allowed(state, event, POLICY), event.type).toEqual({ allowed: true });
      state = applyEvent(state, event);
    }
    expect(refusal(after('data'), EVENTS.certificate)).toBe('allowed');
    expect(refusal(foldCase(events.slice(0, 12)), EVENTS.certificate)).toBe('not-eligible');
  });

  it('can be a Führungszeugnis alone, without photo and fingers', () => {
    const events: readonly CaseEvent[] = [
      { ...EVENTS.requested, services: ['fuehrungszeugnis'] },
      EVENTS.eligibleCertificate,
      EVENTS.identified,
      EVENTS.capacity,
      EVENTS.data,
      EVENTS.certificate,
      EVENTS.feeCertificate,
      EVENTS.confirmed,
    ];
    let state = NEW_CASE;
    for (const event of events) {
      expect(allowed(state, event), event.type).toEqual({ allowed: true });
      state = applyEvent(state, event);
    }
    expect(refusal(foldCase(events.slice(0, 5)), EVENTS.photo)).toBe('not-eligible');
    expect(refusalOf(() => applicationFrom(state)).path).toBe('document');
  });
});

describe('a hand-over', () => {
  it('may be answered with a nack and later with an ack', () => {
    const nack: CaseEvent = { ...EVENTS.handedOver, answer: { result: 'nack', reason: 'nicht angenommen' } };
    const state = applyEvent(after('sealed'), nack);
    expect(state.phase).toBe('rejected');
    expect(nextSteps(state).map(({ step }) => step.id)).toEqual(['hand-over']);
    expect(applyEvent(state, EVENTS.handedOver).phase).toBe('handed-over');
  });
});

describe('the fold', () => {
  const all = Object.values(EVENTS);

  it('never throws, whatever the order of the events, and neither do the guards', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...all), { maxLength: 40 }),
        fc.constantFrom(...all),
        (events, event) => {
          const state = foldCase(events);
          allowed(state, event, POLICY);
          nextSteps(state, POLICY);
          expect(foldCase(events)).toEqual(state);
        },
      ),
    );
  });

  it('never has a dead end: an open case can be cancelled and a step is next until it is erased', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...all), { maxLength: 60 }), (events) => {
        const state = events.reduce<CaseState>(
          (current, event) =>
            allowed(current, event, POLICY).allowed ? applyEvent(current, event) : current,
          applyEvent(NEW_CASE, EVENTS.requested),
        );
        const required = nextSteps(state, POLICY).filter(({ necessity }) => necessity === 'required');
        expect(state.phase === 'erased' || required.length > 0).toBe(true);
      }),
    );
  });

  it('leaves the state before untouched', () => {
    const state = after('photo');
    const copy = structuredClone(state);
    applyEvent(state, EVENTS.right);
    expect(state).toEqual(copy);
  });
});
