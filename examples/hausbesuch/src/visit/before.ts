import { firstValueFrom } from 'rxjs';
import { eligibility } from '@buergerkoffer/procedures';
import { SdkError } from '@buergerkoffer/formats';
import { RegisterAnswer, type RegisterAnswer as Answer } from '@buergerkoffer/fachverfahren-xoev';
import { z } from 'zod';
import { CLERKS } from '../stage/authority-config.js';
import { stateOf, write, type Visit } from './visit.js';

/** What the supply with the register entry is called. */
const REGISTER_SUPPLY = 'register-entry';
const KINDS = [
  'fingerprint-scanner',
  'camera',
  'document-scanner',
  'signature-pad',
  'card-terminal',
  'printer',
  'modem',
] as const;

/** The rules answer, for each service that was asked for. */
export async function decideEligibility(visit: Visit): Promise<void> {
  const state = stateOf(visit);
  for (const service of state.services) {
    if (state.eligibility[service] !== undefined) continue;
    const answer = eligibility(
      {
        service,
        on: new Date(),
        born: visit.household.told.birthDate,
        capacity: 'capable',
        acting: { role: 'holder' },
        place: 'care-home',
        residence: 'here',
        pflegegrad: 4,
      },
      visit.config.policy,
    );
    await write(visit, {
      type: 'eligibility-decided',
      service,
      answer,
      ...(answer.outcome === 'clerk-decides'
        ? { clerkDecision: { granted: true, reason: 'Voraussetzungen vor Ort festgestellt' } }
        : {}),
    });
    visit.tell({ type: 'done', text: `${TITLE[service]}: ${answer.reason} (${answer.citation})` });
  }
}

const TITLE = { personalausweis: 'Personalausweis', fuehrungszeugnis: 'Führungszeugnis' } as const;

/** The visit has a time and two clerks. */
export async function schedule(visit: Visit): Promise<void> {
  await write(visit, { type: 'scheduled', start: new Date().toISOString(), team: CLERKS });
}

/** The register entry goes into the suitcase before the visit, with its purpose and the moment at which it is erased. */
export async function preload(visit: Visit): Promise<void> {
  const { told } = visit.household;
  const answer = await visit.fachverfahren.find({ purpose: 'personalausweis', ...told });
  const expires = new Date(Date.now() + visit.config.retention.preloadedHours * 3_600_000).toISOString();
  await visit.vault.supplies.put(
    { purpose: REGISTER_SUPPLY, expiresAt: expires },
    new TextEncoder().encode(JSON.stringify(answer)),
  );
  await write(visit, {
    type: 'preloaded',
    items: [{ what: REGISTER_SUPPLY, purpose: 'Abgleich der Angaben beim Hausbesuch ohne Netz', expires }],
  });
  visit.tell({
    type: 'done',
    text: `Registerauszug für den Besuch geladen, wird spätestens ${expires.slice(0, 16)} UTC gelöscht`,
  });
}

/** The register entry that was loaded before the visit; `undefined` once it has expired. */
export async function preloadedRegister(visit: Visit): Promise<Answer | undefined> {
  const supply = (await visit.vault.supplies.list()).find(({ purpose }) => purpose === REGISTER_SUPPLY);
  if (supply === undefined) return undefined;
  try {
    const content = await visit.vault.supplies.get(supply.id);
    return RegisterAnswer.parse(JSON.parse(new TextDecoder().decode(content)));
  } catch (error) {
    if (error instanceof SdkError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** Every device of the suitcase is looked for before the door closes. */
export async function selfTest(visit: Visit): Promise<void> {
  const found = new Set(
    (await firstValueFrom(visit.devices.devices, { defaultValue: [] })).map(({ kind }) => kind.id),
  );
  const findings = KINDS.map((device) => ({ device, state: found.has(device) ? 'ok' : 'missing' }) as const);
  const missing = findings.filter(({ state }) => state === 'missing').length;
  await write(visit, { type: 'self-tested', outcome: missing === 0 ? 'go' : 'degraded', findings });
  visit.tell({
    type: 'done',
    text: `Koffer geprüft: ${KINDS.length - missing} von ${KINDS.length} Geräten bereit`,
  });
}
