import { createHash, X509Certificate } from 'node:crypto';
import { lastValueFrom, tap } from 'rxjs';
import {
  encodeSealedPayload,
  SEALED_CONTENT_TYPE,
  sealedAttachment,
  sealedMessage,
  type FachverfahrenHttp,
  type SealedAttachment,
} from '@buergerkoffer/fachverfahren-xoev';
import { readMessageHeader } from '@buergerkoffer/fachverfahren-xoev/xmeld';
import { applicationFrom } from '@buergerkoffer/procedures';
import type { Artefact, DocumentApplication } from '@buergerkoffer/procedures/model';
import type { DeliveryPort, OutboxEntry, Vault } from '@buergerkoffer/vault';
import type { CaseEvent } from '@buergerkoffer/procedures/model';
import { tellAnswers, tellDelivery, tellSlow } from './delivery-words.js';
import type { Tell } from './progress.js';
import { stateOf, write, type Visit } from './visit/visit.js';

/** Seals the confirmed case to the authority: from now on the suitcase can deliver it, and can no longer read it. */
export async function seal(visit: Visit): Promise<OutboxEntry> {
  const { case: open, config, vault } = visit;
  const certificate = config.certificates.find(({ purpose }) => purpose === 'sealing');
  if (certificate === undefined) throw new Error('a configuration has a certificate for sealing');
  const recipient = createHash('sha256').update(new X509Certificate(certificate.pem).raw).digest('hex');
  if (stateOf(visit).phase === 'confirmed') {
    await write(visit, { type: 'sealed', submissionId: open.submissionId, recipient });
  }
  const application = applicationFrom(stateOf(visit));
  const messages = await messagesOf(visit, application);
  const payload = encodeSealedPayload({
    version: 1,
    submissionId: open.submissionId,
    application: { ...application },
    attachments: await attachmentsOf(visit, application),
    messages,
  });
  const entry = await vault.seal(open, {
    recipientCertificatePem: certificate.pem,
    payload,
    messageIds: messages.map(({ uuid }) => uuid),
  });
  visit.tell({
    type: 'done',
    text: 'Fall für die Behörde versiegelt; der Schlüssel im Koffer ist vernichtet',
  });
  return entry;
}

async function attachmentsOf(visit: Visit, application: DocumentApplication): Promise<SealedAttachment[]> {
  const files: readonly (readonly [string, Artefact])[] = [
    [
      `lichtbild.${application.photo.image.mediaType === 'image/png' ? 'png' : 'jpg'}`,
      application.photo.image,
    ],
    ...application.fingers.captured.map(({ position, image }) => [`finger-${position}.png`, image] as const),
    ...(application.signature.outcome === 'captured'
      ? [['unterschrift.png', application.signature.image] as const]
      : []),
    ...application.attachments
      .filter((artefact) => artefact.kind === 'form')
      .map((form) => [`${form.formId}.pdf`, form] as const),
  ];
  return Promise.all(
    files.map(async ([name, artefact]) =>
      sealedAttachment(name, artefact.mediaType, await visit.case.attachment(artefact.sha256)),
    ),
  );
}

async function messagesOf(visit: Visit, application: DocumentApplication) {
  const messages = application.attachments.filter((artefact) => artefact.kind === 'message');
  return Promise.all(
    messages.map(async (message) => {
      const xml = await visit.case.attachment(message.sha256);
      return sealedMessage(message.messageType, readMessageHeader(xml).uuid, xml);
    }),
  );
}

/** What became of a delivery. */
export interface Delivery {
  readonly outcome: 'accepted' | 'rejected' | 'waiting';
  readonly reason?: string;
}

/** Delivers everything in the outbox; what the Fachverfahren has is not sent again, what it says is told in German. */
export async function deliver(
  vault: Vault<CaseEvent>,
  fachverfahren: FachverfahrenHttp,
  tell: Tell,
): Promise<Delivery> {
  const progress = vault.outbox.deliver(portTo(fachverfahren, tell), {
    attempts: 6,
    attemptMs: 8_000,
    firstWaitMs: 250,
    longestWaitMs: 2_000,
  });
  const last = await lastValueFrom(
    progress.pipe(
      tap((step) => {
        tellDelivery(tell, step);
      }),
    ),
    { defaultValue: undefined },
  );
  if (last?.type === 'accepted') return { outcome: 'accepted' };
  if (last?.type === 'rejected') return { outcome: 'rejected', reason: last.reason ?? 'unspecified' };
  return { outcome: 'waiting' };
}

/** After so many milliseconds without an answer the clerk is told that it takes long. */
const SLOW_MS = 1_000;

/** The outbox's way to the Fachverfahren: a submission that may have arrived is asked for before it is sent again. */
function portTo(fachverfahren: FachverfahrenHttp, tell: Tell): DeliveryPort {
  return async ({ submissionId, body, attempt }, signal) => {
    const slow = setTimeout(() => {
      tellSlow(tell);
    }, SLOW_MS);
    try {
      const known = attempt > 1 ? await fachverfahren.state(submissionId, signal) : undefined;
      const state =
        known ??
        (await fachverfahren.submit({ submissionId, body, contentType: SEALED_CONTENT_TYPE }, signal)).state;
      tellAnswers(state, tell);
      return state.state === 'rejected'
        ? { state: 'rejected', reason: state.reason.code }
        : { state: state.state };
    } finally {
      clearTimeout(slow);
    }
  };
}
