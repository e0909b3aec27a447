import { ServiceError } from '../service-error.js';
import { contractCases, failure } from './contract-case.js';
import type { ContractCase } from './contract-case.js';
import type { RegisterLookup, RegisterQuery } from './register-lookup.js';
import type { Submission, SubmissionPort } from './submission-port.js';

/** What a submission port needs to be tested; made anew for each case and closed after it. */
export interface SubmissionFixture {
  readonly port: SubmissionPort;
  /** A submission that the receiver accepts; a new identity on each call. */
  readonly acceptable: () => Promise<Submission>;
  /** A submission that the receiver takes and then rejects; a new identity on each call. */
  readonly rejectable: () => Promise<Submission>;
  readonly close: () => Promise<void>;
}

/** How long a receiver under test may take to decide, and how often it is asked. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 20;

/** The contract of {@link SubmissionPort}, for any transport and any receiver. */
export function submissionContract(make: () => Promise<SubmissionFixture>): readonly ContractCase[] {
  const contractCase = contractCases(make);
  return [
    contractCase('a new submission is received under its identity', async ({ port, acceptable }) => {
      const submission = await acceptable();
      const receipt = await port.submit(submission);
      require(!receipt.known, 'a new submission counts as known');
      require(receipt.state.submissionId === submission.submissionId, 'the receipt names another submission');
    }),
    contractCase('the same submission may arrive twice and is known then', async ({ port, acceptable }) => {
      const submission = await acceptable();
      const first = await port.submit(submission);
      const second = await port.submit(submission);
      require(second.known, 'the second arrival counts as new');
      require(second.state.receivedAt === first.state.receivedAt, 'the second arrival was stored anew');
    }),
    contractCase('two arrivals at once are one submission', async ({ port, acceptable }) => {
      const submission = await acceptable();
      const receipts = await Promise.all([port.submit(submission), port.submit(submission)]);
      require(receipts.filter(({ known }) => !known).length === 1, 'both arrivals count as new, or none');
    }),
    contractCase('another body under a known identity is rejected', async ({ port, acceptable }) => {
      const first = await acceptable();
      const other = await acceptable();
      await port.submit(first);
      await rejects(port.submit({ ...other, submissionId: first.submissionId }), 'rejected');
    }),
    contractCase(
      'an accepted submission has a reference and an acknowledgement',
      async ({ port, acceptable }) => {
        const state = await decided(port, await acceptable());
        require(state.state === 'accepted', `the state is ${state.state}`);
        require(state.answers.some(({ kind }) => kind === 'acknowledgement'), 'there is no acknowledgement');
      },
    ),
    contractCase('a rejected submission says why in German and in English', async ({ port, rejectable }) => {
      const state = await decided(port, await rejectable());
      require(state.state === 'rejected', `the state is ${state.state}`);
      require(state.reason.message !== '' && state.reason.messageDe !== '', 'the reason has no text');
    }),
    contractCase('each answer comes once, and the same on every question', async ({ port, acceptable }) => {
      const submission = await acceptable();
      const first = await decided(port, submission);
      const second = await decided(port, submission);
      const ids = first.answers.map(({ answerId }) => answerId);
      require(new Set(ids).size === ids.length, 'an answer is there twice');
      require(ids.join() === second.answers.map(({ answerId }) => answerId).join(), 'the answers changed');
    }),
    contractCase('an identity that was never submitted is not known', async ({ port, acceptable }) => {
      const { submissionId } = await acceptable();
      require((await port.state(submissionId)) === undefined, 'it has a state');
    }),
    contractCase('an aborted call rejects with the reason of the abort', async ({ port, acceptable }) => {
      const reason = new Error('not needed any more');
      const submission = await acceptable();
      const aborted = AbortSignal.abort(reason);
      require((await failure(port.submit(submission, aborted))) ===
        reason, 'submit rejects with something else');
      require((await failure(port.state(submission.submissionId, aborted))) === reason, 'state does');
    }),
  ];
}

/** What a register look-up needs to be tested. */
export interface RegisterFixture {
  readonly lookup: RegisterLookup;
  /** A query of each outcome. */
  readonly queries: Readonly<Record<'unique' | 'none' | 'ambiguous', RegisterQuery>>;
  readonly close: () => Promise<void>;
}

/** The contract of {@link RegisterLookup}. */
export function registerContract(make: () => Promise<RegisterFixture>): readonly ContractCase[] {
  const contractCase = contractCases(make);
  return [
    contractCase('one person is found', async ({ lookup, queries }) => {
      const answer = await lookup.find(queries.unique);
      require(answer.status === 'unique', `the status is ${answer.status}`);
      require(answer.person.familyName !== '', 'the person has no name');
    }),
    contractCase('nobody is found', async ({ lookup, queries }) => {
      require((await lookup.find(queries.none)).status === 'none', 'somebody is found');
    }),
    contractCase('of several persons only the number is told', async ({ lookup, queries }) => {
      const answer = await lookup.find(queries.ambiguous);
      require(answer.status === 'ambiguous', `the status is ${answer.status}`);
      require(answer.count >= 2, 'the number is below two');
    }),
    contractCase('an aborted look-up rejects with the reason of the abort', async ({ lookup, queries }) => {
      const reason = new Error('not needed any more');
      const failed = await failure(lookup.find(queries.unique, AbortSignal.abort(reason)));
      require(failed === reason, 'it rejects with something else');
    }),
  ];
}

type Decided = Exclude<NonNullable<Awaited<ReturnType<SubmissionPort['state']>>>, { state: 'received' }>;

/** Submits and asks until the receiver has decided. */
async function decided(port: SubmissionPort, submission: Submission): Promise<Decided> {
  await port.submit(submission);
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const state = await port.state(submission.submissionId);
    require(state !== undefined, 'a received submission is not known');
    if (state.state !== 'received') return state;
    require(Date.now() < until, `no decision within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

async function rejects(call: Promise<unknown>, code: ServiceError['code']): Promise<void> {
  const error = await failure(call);
  require(error instanceof ServiceError, 'it does not reject with a ServiceError');
  require(error.code === code, `the code is ${error.code}, not ${code}`);
}

function require(kept: boolean, broken: string): asserts kept {
  if (!kept) throw new Error(broken);
}
