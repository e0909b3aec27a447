import { lastValueFrom, tap } from 'rxjs';
import { centreCrop, PRINT_ASPECT } from '@buergerkoffer/camera';
import { DeviceError } from '@buergerkoffer/core';
import { berlinDate } from '@buergerkoffer/formats';
import type { CaseState } from '@buergerkoffer/procedures';
import { PRINTER } from '@buergerkoffer/print';
import {
  paAntrag,
  pinBrief,
  quittung,
  renderForm,
  type PinBrief,
  type Quittung,
  type RenderOptions,
} from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { CLERKS } from '../stage/authority-config.js';
import { stored, uuidOf } from './artefacts.js';
import { PRINTER_ATTENTION } from './attention-words.js';
import { feeLineOf, required } from './paper-facts.js';
import { paAntragOf } from './pa-antrag-of.js';
import { useDevice } from './use-device.js';
import { stateOf, write, type Visit } from './visit.js';

/** The application, the receipt of the PIN letter and the receipt of the fee: written, printed, kept with the case. */
export async function printPapers(visit: Visit): Promise<void> {
  for (const paper of PAPERS) {
    const state = stateOf(visit);
    if (state.forms.some(({ formId }) => formId === paper.id)) continue;
    const pdf = await paper.render(state, await frameOf(visit, state));
    const pages = await print(visit, paper.id, pdf);
    await write(
      visit,
      { type: 'form-printed', form: { kind: 'form', formId: paper.id, ...stored('application/pdf', pdf) } },
      [pdf],
    );
    visit.tell({
      type: 'done',
      text: `${paper.title} gedruckt (${String(pages)} ${pages === 1 ? 'Seite' : 'Seiten'})`,
    });
  }
}

interface Paper {
  readonly id: string;
  readonly title: string;
  render(state: CaseState, options: RenderOptions): Promise<Uint8Array>;
}

const PAPERS: readonly Paper[] = [
  {
    id: pinBrief.id,
    title: pinBrief.title,
    render: (state, { assets: _, ...options }) => renderForm(pinBrief, pinBriefOf(state), options),
  },
  {
    id: quittung.id,
    title: quittung.title,
    render: (state, { assets: _, ...options }) => renderForm(quittung, quittungOf(state), options),
  },
  {
    id: paAntrag.id,
    title: paAntrag.title,
    render: (state, options) => renderForm(paAntrag, paAntragOf(state), options),
  },
];

async function print(visit: Visit, formId: string, bytes: Uint8Array): Promise<number | 'unknown'> {
  const jobUuid = uuidOf(visit.case.id, formId);
  return useDevice(visit, PRINTER, 'Papiere drucken', async (printer) => {
    const last = await lastValueFrom(
      printer.print({ bytes, mediaType: 'application/pdf' }, { jobUuid, patienceMs: 5_000 }).pipe(
        tap((event) => {
          if (event.type !== 'attention') return;
          visit.tell({ type: 'attention', text: PRINTER_ATTENTION[event.reason] });
          void visit.helper.clear(PRINTER.id);
        }),
      ),
      { defaultValue: undefined },
    );
    if (last?.type !== 'done') throw new DeviceError('protocol', 'the printer ended without printing');
    return last.pages;
  });
}

async function frameOf(visit: Visit, state: CaseState): Promise<RenderOptions> {
  const [authority = visit.config.name, unit = '', ...lines] = visit.config.letterhead;
  const { photo, signature } = state;
  const photoBytes = photo === undefined ? undefined : await visit.case.attachment(photo.image.sha256);
  const {
    assessment: _,
    label: __,
    ...crop
  } = centreCrop(
    { widthPx: photo?.image.widthPx ?? 1, heightPx: photo?.image.heightPx ?? 1, orientation: 1 },
    PRINT_ASPECT,
  );
  return {
    fonts: await loadDejaVu(),
    letterhead: { authority, unit, lines, dataProtection: 'datenschutz@musterstadt.example' },
    caseNumber: visit.case.id,
    now: new Date(),
    assets: {
      ...(photoBytes === undefined ? {} : { photo: { bytes: photoBytes, crop } }),
      ...(signature?.outcome === 'captured'
        ? { signature: { bytes: await visit.case.attachment(signature.image.sha256) } }
        : {}),
    },
  };
}

function pinBriefOf(state: CaseState): PinBrief {
  const { holder, pinLetter } = required(state);
  return {
    holder: { familyName: holder.familyName, givenNames: holder.givenNames, birthDate: holder.birth.date },
    envelopeNumber: pinLetter.letter.envelopeNumber,
    receivedAt: pinLetter.at,
    receivedBy: `${holder.givenNames} ${holder.familyName}`,
    handedOverBy: CLERKS[0],
    place: 'Musterstadt',
  };
}

function quittungOf(state: CaseState): Quittung {
  const { holder } = required(state);
  const lines = Object.values(state.fees).flatMap((fee) => fee.lines);
  return {
    number: `Q-${state.caseId?.slice(0, 8) ?? ''}`,
    cashReference: `K-${state.caseId?.slice(0, 8) ?? ''}`,
    payer: `${holder.givenNames} ${holder.familyName}`,
    lines: lines.map(feeLineOf),
    means: 'card',
    paidOn: berlinDate(new Date()),
    place: 'Musterstadt',
  };
}
