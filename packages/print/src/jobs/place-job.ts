import { delay, DeviceError } from '@buergerkoffer/core';
import type { PrintDocument } from '../printer.js';
import { findAgain, isBrokenLine, reached, unknownOutcome } from './broken-line.js';
import type { JobNote } from './job-journal.js';
import { sealedName } from './job-seal.js';
import { earlierJob, otherDocument } from './own-job.js';
import type { Placement } from './placement.js';

/** Where the job is; `unsure` when it is not known whether its whole document arrived. */
export type Placed =
  | { readonly type: 'at-printer'; readonly jobId: number; readonly unsure: boolean }
  /** It ended before, and the printer need not be asked. */
  | { readonly type: 'ended'; readonly note: JobNote };

/** How often an attempt is made, at most, where the one before cannot have been printed. */
const ATTEMPTS = 3;
/** Pause before a busy printer is asked again, in milliseconds. */
const BUSY_PAUSE_MS = 500;

/**
 * Brings the job to the printer, and never twice: it is looked up before anything is sent, and again whenever the line broke, at
 * whatever point. Nothing is sent again unless the printer has confirmed that what was sent before will not be printed.
 */
export async function placeJob(placement: Placement): Promise<Placed> {
  const { journal, order, seal, printer, desk, signal } = placement;
  const note = await journal.get(order.jobUuid);
  if (note !== undefined && note.stage !== 'refused') {
    if (note.seal !== seal) throw otherDocument();
    if (note.stage !== 'sending') return { type: 'ended', note };
    if (note.printer !== printer) throw atAnotherPrinter();
  }
  const sent = note?.stage === 'sending' ? note : undefined;
  const found = await findAgain(placement, sent);
  if (found !== undefined) return { type: 'at-printer', jobId: found.id, unsure: sent !== undefined };
  if (sent !== undefined && !placement.givenUp.has(sent.jobId)) throw unknownOutcome();
  const document = await placement.document();
  const name = sealedName(order, seal);
  await reached(placement, () => desk.validate(name, document.mediaType, placement.ticket, { signal }));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const placed = await (placement.inTwoSteps
      ? inTwoSteps(placement, document)
      : atOnce(placement, document));
    if (placed !== undefined) return placed;
  }
  throw new DeviceError('lost', `the line to the printer broke in each of ${ATTEMPTS} attempts`);
}

/** A job first, of which nothing can be printed, then its document; undefined where the attempt may be made again. */
async function inTwoSteps(placement: Placement, document: PrintDocument): Promise<Placed | undefined> {
  const { desk, order, seal, ticket, signal, created } = placement;
  let job;
  try {
    // Not aborted: without its number the job could not be cancelled.
    job = await whenFree(placement, () => desk.create(sealedName(order, seal), ticket));
  } catch (error) {
    if (signal.aborted || !isBrokenLine(error)) throw error;
    const found = await findAgain(placement, undefined);
    return found === undefined ? undefined : { type: 'at-printer', jobId: found.id, unsure: false };
  }
  if (job instanceof DeviceError) throw job;
  const { id } = job;
  created(id);
  signal.throwIfAborted();
  const rival = await reached(placement, () => earlierJob(desk, order, seal, id));
  if (rival !== undefined && !placement.givenUp.has(rival.id)) {
    // Somebody else prints the same at this moment.
    await desk.cancel(id);
    created(rival.id);
    return { type: 'at-printer', jobId: rival.id, unsure: false };
  }
  return delivered(placement, id, async () => {
    const refusal = await whenFree(placement, () => desk.send(id, document, signal));
    if (refusal !== undefined) await desk.cancel(id);
    return refusal ?? id;
  });
}

/** Job and document in one request: all that can be done after a broken line is to look for the job by its name. */
async function atOnce(placement: Placement, document: PrintDocument): Promise<Placed | undefined> {
  const { desk, order, seal, ticket, signal, created } = placement;
  return delivered(placement, 0, async () => {
    const name = sealedName(order, seal);
    const answer = await whenFree(placement, () => desk.printAtOnce(name, ticket, document, signal));
    if (answer instanceof DeviceError) return answer;
    created(answer.id);
    return answer.id;
  });
}

/** Notes that the document is being sent before `send` does it; `send` gives the number of the job, or why it was refused. */
async function delivered(
  { journal, ...placement }: Placement,
  jobId: number,
  send: () => Promise<DeviceError | number>,
): Promise<Placed | undefined> {
  const { order, seal, printer, signal } = placement;
  const note: JobNote = { jobUuid: order.jobUuid, seal, printer, jobId, stage: 'sending' };
  await journal.put(note);
  let answer: DeviceError | number;
  try {
    answer = await send();
  } catch (error) {
    if (signal.aborted || !isBrokenLine(error)) throw error;
    const found = await findAgain({ journal, ...placement }, note);
    if (found === undefined && !placement.givenUp.has(jobId)) throw unknownOutcome();
    return found === undefined ? undefined : { type: 'at-printer', jobId: found.id, unsure: true };
  }
  if (answer instanceof DeviceError) {
    await journal.put({ ...note, stage: 'refused' });
    throw answer;
  }
  if (answer !== jobId) await journal.put({ ...note, jobId: answer });
  return { type: 'at-printer', jobId: answer, unsure: false };
}

/** Some printers take one job at a time: they are asked again for half of the patience. */
async function whenFree<T>(placement: Placement, ask: () => Promise<T>): Promise<T> {
  const endMs = performance.now() + placement.order.patienceMs / 2;
  for (;;) {
    const answer = await ask();
    if (!(answer instanceof DeviceError) || answer.code !== 'busy' || performance.now() > endMs)
      return answer;
    await delay(BUSY_PAUSE_MS, placement.signal);
  }
}

function atAnotherPrinter(): DeviceError {
  return new DeviceError('invalid-request', 'the job was sent to another printer, and may be printed there', {
    path: 'jobUuid',
    remedy: 'look at the other printer; if the paper is not there, print with a new jobUuid',
  });
}
