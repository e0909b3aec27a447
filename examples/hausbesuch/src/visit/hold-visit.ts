import { DeviceManager } from '@buergerkoffer/core';
import { Bench } from '@buergerkoffer/device-lab';
import type { ErrorShape } from '@buergerkoffer/formats';
import { foldCase, openCaseEnds } from '@buergerkoffer/procedures';
import type { AuthorityConfig, CaseEvent } from '@buergerkoffer/procedures/model';
import type { Case, Vault } from '@buergerkoffer/vault';
import { seal } from '../hand-over.js';
import { household } from '../household.js';
import type { DemoOptions } from '../options.js';
import type { Tell } from '../progress.js';
import { helperAt } from '../stage/helper.js';
import { rawSize, readFinger, readPhoto } from '../stage/images.js';
import type { Office } from '../stage/office.js';
import { simulatedSuitcase, type SuitcaseOptions } from '../suitcase.js';
import { faceOn } from './face-on-photo.js';
import { watchLink } from './link.js';
import { BEDSIDE, PREPARATION, runChapter } from './run-visit.js';
import { write, type Visit } from './visit.js';

/** One run of the demo with all that it opened. */
export interface Run {
  readonly options: DemoOptions;
  readonly tell: Tell;
  readonly vault: Vault<CaseEvent>;
  readonly office: Office;
  readonly suitcase: SuitcaseOptions;
  /** Errors that were survived. */
  readonly survived: ErrorShape[];
}

/** People are waited for even where the computer is slow; a device that is to be silent is tried again soon. In milliseconds. */
const PATIENCE_MS = 20_000;
const SHORT_PATIENCE_MS = 2_500;

/** The visit from its preparation to the sealed case in the outbox; one that was interrupted goes on where it was. */
export async function holdVisit(run: Run): Promise<void> {
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
    placeFace: faceOn(run.suitcase),
    patienceMs: options.fault === 'finger-silent' ? SHORT_PATIENCE_MS : PATIENCE_MS,
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
  const ends = openCaseEnds(foldCase(opened.events), config.retention.openCaseDays);
  if (ends !== undefined && ends <= new Date().toISOString()) {
    await opened.erase();
    tell({
      type: 'attention',
      text: 'Die Frist des begonnenen Falles ist abgelaufen: Er ist gelöscht, der Besuch beginnt neu',
    });
    return vault.createCase();
  }
  if (opened.lostEvents > 0) {
    tell({
      type: 'attention',
      text: `Dem Fall fehlen ${opened.lostEvents} bestätigte Schritte; sie werden wiederholt und stehen als verloren im Protokoll`,
    });
  }
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

/** The suitcase as the options want it; `InputError` for an image that cannot be taken. */
export async function packSuitcase(options: DemoOptions): Promise<SuitcaseOptions> {
  const { photo, fingerRight, fingerLeft, fault } = options;
  const fingerSize = options.fingerSize === undefined ? undefined : rawSize(options.fingerSize);
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
