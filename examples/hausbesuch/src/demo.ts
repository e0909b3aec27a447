import { InputError, type ErrorShape } from '@buergerkoffer/formats';
import type { CaseEvent } from '@buergerkoffer/procedures/model';
import { StorageError, type Vault } from '@buergerkoffer/vault';
import { checkOut, writeExhibit } from './exhibit/write-exhibit.js';
import { deliver, type Delivery } from './hand-over.js';
import { checkOptions, FAULTS, type DemoOptions } from './options.js';
import type { DemoResult, Tell } from './progress.js';
import { breakNetwork } from './stage/network.js';
import { withOffice } from './stage/office.js';
import {
  endState,
  lookIntoState,
  makeState,
  removeState,
  stateFolder,
  type StateFolder,
} from './stage/state-folder.js';
import { withVault } from './stage/suitcase-vault.js';
import { holdVisit, packSuitcase, type Run } from './visit/hold-visit.js';

/**
 * A complete home visit on simulators: from the question whether it may be, to the exhibit of what the Fachverfahren
 * received. Rejects with the SDK's typed errors; an interrupted run goes on with `resume`.
 */
export async function runDemo(options: DemoOptions, tell: Tell): Promise<DemoResult> {
  const started = performance.now();
  const out = options.out ?? 'ausgabe';
  const state = stateFolder(out, options.state);
  checkOptions(options, out, state);
  await checkOut(out);
  const suitcase = await packSuitcase(options);
  await prepareState(state, options, tell);
  const survived: ErrorShape[] = [];
  const visited = withOffice(state, options.fachverfahren, (office) =>
    withVault(state, async (vault) => {
      const handed = await visitAndDeliver({ options, tell, vault, office, suitcase, survived });
      return {
        handed,
        received: office.exhibitOf(handed.submissionId),
        audit: handed.outcome === 'waiting' ? undefined : await vault.audit.read(handed.caseId),
        auditKey: vault.audit.publicKey,
      };
    }),
  );
  const { handed, audit, auditKey, received } = await visited.catch(async (error: unknown) => {
    await removeEmptyState(state).catch(() => undefined);
    throw error;
  });
  const result = { ...handed, survived, durationMs: Math.round(performance.now() - started) };
  if (audit === undefined) return tellResult(tell, result);
  if (received === undefined) tell({ type: 'note', text: EXHIBIT_ELSEWHERE });
  await writeExhibit({ out, received, audit, auditKey, result });
  await endState(state);
  await removeState(state);
  return tellResult(tell, { ...result, out });
}

const EXHIBIT_ELSEWHERE =
  'Was das Fachverfahren erhalten hat, liegt dort; die Auslage zeigt den Fall ohne Aufnahmen und Angaben';

/** The folder is empty for a new visit, or holds the one that goes on. */
async function prepareState(state: StateFolder, options: DemoOptions, tell: Tell): Promise<void> {
  const left = await lookIntoState(state);
  if (options.resume === true && left === 'unfinished') return;
  if (left === 'unfinished' && (await holdsCase(state))) tell({ type: 'attention', text: DISCARDED });
  await removeState(state);
  if (options.resume === true) {
    throw new InputError('missing', 'there is no interrupted visit and nothing waits in the outbox', {
      path: state.root,
      remedy: 'start a visit without --resume, or name the --out and --state of the earlier run',
    });
  }
  await makeState(state);
}

const DISCARDED =
  'Ein früherer Besuch war nicht abgeschlossen und wird verworfen; mit --resume wäre er weitergegangen';

/** A run that failed before there was a case leaves nothing to go on with. */
async function removeEmptyState(state: StateFolder): Promise<void> {
  if (!(await holdsCase(state))) await removeState(state);
}

/** Whether a case lies there; `locked` while another process works on it. */
async function holdsCase(state: StateFolder): Promise<boolean> {
  try {
    return await withVault(
      state,
      async (vault) => (await vault.list()).length > 0 || (await hasSubmission(vault)),
    );
  } catch (error) {
    if (error instanceof StorageError && error.code !== 'locked') return true;
    throw error;
  }
}

function tellResult(tell: Tell, result: DemoResult): DemoResult {
  tell({ type: 'result', ...result });
  return result;
}

type Handed = Pick<DemoResult, 'outcome' | 'caseId' | 'submissionId' | 'reason'>;

async function visitAndDeliver(run: Run): Promise<Handed> {
  const { vault, options, tell, office } = run;
  if (!(await hasSubmission(vault))) await holdVisit(run);
  tell({ type: 'chapter', title: 'Übergabe an das Fachverfahren' });
  const { fault } = options;
  if (fault !== undefined && options.offline !== true && (await breakNetwork(office.url, fault))) {
    tell({ type: 'attention', text: `Vorgeführte Störung: ${FAULTS[fault]}` });
  }
  const delivery = await deliverPatiently(run);
  const [entry] = await vault.outbox.list();
  if (entry === undefined) throw new StorageError('missing', 'the outbox has lost its entry');
  return {
    outcome: delivery.outcome === 'accepted' ? 'delivered' : delivery.outcome,
    caseId: entry.caseId,
    submissionId: entry.submissionId,
    ...(delivery.reason === undefined ? {} : { reason: delivery.reason }),
  };
}

async function hasSubmission(vault: Vault<CaseEvent>): Promise<boolean> {
  return (await vault.outbox.list()).length > 0;
}

/** Offline nothing is tried; with a network a delivery that failed once is begun a second time, as a clerk would. */
async function deliverPatiently({ vault, options, tell, office }: Run): Promise<Delivery> {
  const known = await finished(vault);
  if (known !== undefined) return known;
  if (options.offline === true) {
    tell({
      type: 'attention',
      text: 'Kein Netz: Der Fall wartet versiegelt im Ausgang. Weiter mit --resume.',
    });
    return { outcome: 'waiting' };
  }
  const first = await deliver(vault, office.fachverfahren, tell);
  return first.outcome === 'waiting' ? deliver(vault, office.fachverfahren, tell) : first;
}

/** What an earlier run already knew. */
async function finished(vault: Vault<CaseEvent>): Promise<Delivery | undefined> {
  const [entry] = await vault.outbox.list();
  if (entry?.state === 'accepted') return { outcome: 'accepted' };
  if (entry?.state === 'rejected') return { outcome: 'rejected', reason: entry.reason ?? 'unspecified' };
  return undefined;
}
