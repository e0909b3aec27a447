import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeviceManager } from '@buergerkoffer/core';
import { Bench } from '@buergerkoffer/device-lab';
import { fachverfahrenHttp, type FachverfahrenHttp } from '@buergerkoffer/fachverfahren-xoev';
import type { ErrorShape } from '@buergerkoffer/formats';
import { CaseEvent, readCaseEvent, type AuthorityConfig } from '@buergerkoffer/procedures/model';
import { StorageError, type Case, type Vault } from '@buergerkoffer/vault';
import { openVault } from '@buergerkoffer/vault/node';
import { checkOut, writeExhibit } from './exhibit/write-exhibit.js';
import { deliver, seal, type Delivery } from './hand-over.js';
import { household } from './household.js';
import type { DemoOptions } from './options.js';
import type { DemoResult, Tell } from './progress.js';
import { authorityConfig } from './stage/authority-config.js';
import { startFachverfahren, type FachverfahrenProcess } from './stage/fachverfahren-process.js';
import { helperAt } from './stage/helper.js';
import { readFinger, readPhoto } from './stage/images.js';
import { breakNetwork } from './stage/network.js';
import { makeState, removeState, stateFolder, type StateFolder } from './stage/state-folder.js';
import { simulatedSuitcase, type SuitcaseOptions } from './suitcase.js';
import { watchLink } from './visit/link.js';
import { BEDSIDE, PREPARATION, runChapter } from './visit/run-visit.js';
import { write, type Visit } from './visit/visit.js';

/** Words that stand for events in the audit chain. */
const AUDIT_WORDS = CaseEvent.options.map((option) => option.unwrap().shape.type.value);

/**
 * A complete home visit on simulators: from the question whether it may be, to the exhibit of what the Fachverfahren
 * received. Rejects with the SDK's typed errors; an interrupted run goes on with `resume`.
 */
export async function runDemo(options: DemoOptions, tell: Tell): Promise<DemoResult> {
  const started = performance.now();
  const out = options.out ?? 'ausgabe';
  const state = stateFolder(out, options.state);
  await checkOut(out);
  const suitcase = await packSuitcase(options);
  if (options.resume !== true) await removeState(state);
  await makeState(state);
  const survived: ErrorShape[] = [];
  const { handed, audit } = await withOffice(state, options, (office) =>
    withVault(state, async (vault) => {
      const handed = await visitAndDeliver({ options, tell, vault, office, suitcase, survived });
      return {
        handed,
        audit: handed.outcome === 'waiting' ? undefined : await vault.audit.read(handed.caseId),
      };
    }),
  );
  const result = { ...handed, survived, durationMs: Math.round(performance.now() - started) };
  if (audit === undefined) return tellResult(tell, result);
  await writeExhibit({
    out,
    received: join(state.authority, 'exhibits', handed.submissionId),
    audit,
    result,
  });
  await removeState(state);
  return tellResult(tell, { ...result, out });
}

async function withVault<T>(state: StateFolder, work: (vault: Vault<CaseEvent>) => Promise<T>): Promise<T> {
  const vault = await openVault(state.vault, {
    codec: { read: readCaseEvent, auditWord: (event) => event.type },
    auditWords: AUDIT_WORDS,
  });
  try {
    return await work(vault);
  } finally {
    await vault.close();
  }
}

async function withOffice<T>(
  state: StateFolder,
  options: DemoOptions,
  work: (office: Office) => Promise<T>,
): Promise<T> {
  const office = await openOffice(state, options);
  try {
    return await work(office);
  } finally {
    await office.close();
  }
}

function tellResult(tell: Tell, result: DemoResult): DemoResult {
  tell({ type: 'result', ...result });
  return result;
}

interface Run {
  readonly options: DemoOptions;
  readonly tell: Tell;
  readonly vault: Vault<CaseEvent>;
  readonly office: Office;
  readonly suitcase: SuitcaseOptions;
  readonly survived: ErrorShape[];
}

type Handed = Pick<DemoResult, 'outcome' | 'caseId' | 'submissionId' | 'reason'>;

async function visitAndDeliver(run: Run): Promise<Handed> {
  const { vault, options, tell, office } = run;
  if (!(await hasSubmission(vault))) await visitAndSeal(run);
  tell({ type: 'chapter', title: 'Übergabe an das Fachverfahren' });
  if (options.offline !== true) await breakNetwork(office.url, options.fault);
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

async function visitAndSeal(run: Run): Promise<void> {
  const { vault, office, tell, options } = run;
  const { things } = simulatedSuitcase(run.suitcase);
  const bench = new Bench();
  for (const thing of things) bench.plug(thing, `bench:${thing.kind.id}`);
  const visit: Visit = {
    case: await openOrBegin(vault, office.config, tell),
    vault,
    devices: new DeviceManager([bench]),
    fachverfahren: office.fachverfahren,
    config: office.config,
    household: household(new Date()),
    helper: helperAt(bench, things),
    tell,
    survived: run.survived,
  };
  if (visit.case.events.length === 0) await begin(visit);
  await runChapter(visit, PREPARATION);
  if (options.offline === true) await office.leave();
  await watchLink(visit);
  for (const chapter of BEDSIDE) await runChapter(visit, chapter);
  await seal(visit);
}

/** The case that an interrupted run left, or a new one. */
async function openOrBegin(
  vault: Vault<CaseEvent>,
  config: AuthorityConfig,
  tell: Tell,
): Promise<Case<CaseEvent>> {
  const [left] = await vault.list();
  if (left === undefined) return vault.createCase();
  const opened = await vault.openCase(left.id);
  tell({
    type: 'note',
    text: `Der Fall geht weiter, ${opened.events.length} Schritte liegen schon vor (${config.name})`,
  });
  return opened;
}

async function begin(visit: Visit): Promise<void> {
  const { ags, behoerdenkennzahl, name } = visit.config;
  await write(visit, {
    type: 'requested',
    caseId: visit.case.id,
    authority: { ags, behoerdenkennzahl, name },
    services: ['personalausweis', 'fuehrungszeugnis'],
    place: 'care-home',
    holderBorn: visit.household.told.birthDate,
  });
}

async function packSuitcase(options: DemoOptions): Promise<SuitcaseOptions> {
  const { photo, fingerRight, fingerLeft, fingerSize, fault } = options;
  return {
    seed: options.seed ?? 1,
    ...(fault === undefined ? {} : { fault }),
    ...(photo === undefined ? {} : { photo: await readPhoto(photo) }),
    fingers: {
      ...(fingerRight === undefined ? {} : { right: await readFinger(fingerRight, fingerSize) }),
      ...(fingerLeft === undefined ? {} : { left: await readFinger(fingerLeft, fingerSize) }),
    },
  };
}

/** The authority's side: its Fachverfahren, and the configuration that the suitcase has of it. */
interface Office {
  readonly url: string;
  readonly fachverfahren: FachverfahrenHttp;
  readonly config: AuthorityConfig;
  /** Out of the door without network: the Fachverfahren of the demo stops, its port is closed. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

async function openOffice(state: StateFolder, options: DemoOptions): Promise<Office> {
  const running = await reachFachverfahren(state, options);
  try {
    const fachverfahren = fachverfahrenHttp({ baseUrl: running.url });
    const config = authorityConfig(await fachverfahren.certificate(), running.url);
    return {
      url: running.url,
      fachverfahren,
      config,
      leave: () => running.stop(),
      close: () => running.stop(),
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function reachFachverfahren(state: StateFolder, options: DemoOptions): Promise<FachverfahrenProcess> {
  if (options.fachverfahren !== undefined) {
    return { url: options.fachverfahren, stop: () => Promise.resolve() };
  }
  await mkdir(state.authority, { recursive: true });
  const register = join(state.authority, 'register.json');
  await writeFile(register, JSON.stringify([household(new Date()).register]));
  return startFachverfahren(['--folder', state.authority, '--register', register]);
}
