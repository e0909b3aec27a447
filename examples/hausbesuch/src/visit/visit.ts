import type { DeviceManager } from '@buergerkoffer/core';
import type { ErrorShape } from '@buergerkoffer/formats';
import type { FachverfahrenHttp } from '@buergerkoffer/fachverfahren-xoev';
import { allowed, foldCase, type CaseState } from '@buergerkoffer/procedures';
import type { AuthorityConfig, CaseEvent } from '@buergerkoffer/procedures/model';
import type { Case, Vault } from '@buergerkoffer/vault';
import type { Household } from '../household.js';
import type { Tell } from '../progress.js';
import type { Helper } from '../stage/helper.js';
import { CLERKS } from '../stage/authority-config.js';
import type { PlaceFace } from './face-on-photo.js';

/** One visit at the bedside: the case that grows, and what the clerks have with them. */
export interface Visit {
  readonly case: Case<CaseEvent>;
  readonly vault: Vault<CaseEvent>;
  readonly devices: DeviceManager;
  readonly fachverfahren: FachverfahrenHttp;
  readonly config: AuthorityConfig;
  readonly household: Household;
  /** Who places the points of the face on the photo. */
  readonly placeFace: PlaceFace;
  /** How long a person is waited for at a device, in milliseconds. */
  readonly patienceMs: number;
  /** Who puts in paper and plugs things in again. */
  readonly helper: Helper;
  readonly tell: Tell;
  /** Errors that were survived. */
  readonly survived: ErrorShape[];
}

/** The case as it stands. */
export function stateOf(visit: Visit): CaseState {
  return foldCase(visit.case.events);
}

/** An event without what every event has. */
type EventBody = CaseEvent extends infer E
  ? E extends CaseEvent
    ? Omit<E, 'schemaVersion' | 'at' | 'by'>
    : never
  : never;

/**
 * Writes one event, with its attachments, once the rules allow it; it takes effect when this resolves.
 * `by` defaults to the first clerk.
 */
export async function write(
  visit: Visit,
  body: EventBody,
  attachments: readonly Uint8Array[] = [],
  by: readonly string[] = [CLERKS[0]],
): Promise<void> {
  const event = { schemaVersion: 1, at: new Date().toISOString(), by, ...body } as CaseEvent;
  const verdict = allowed(stateOf(visit), event, visit.config.policy);
  if (!verdict.allowed) throw new Error(`the demo wrote ${event.type}: ${verdict.code}`);
  const seq = visit.case.events.length;
  await visit.case.append(event, attachments);
  visit.tell({ type: 'event', event: event.type, seq });
}
