import { randomUUID } from 'node:crypto';
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { afterEach, describe, expect, it } from 'vitest';
import type { SubmissionState } from '../../src/index.js';
import { fachverfahrenHttp, sealedAttachment, sealedMessage } from '../../src/index.js';
import { readRueckweisung, writeBzrAnfrage } from '../../src/xmeld/index.js';
import { SAMPLE } from '../xmeld/samples.js';
import { cleanUp, double, message0430, payload, seal, submission } from './fixtures.js';

const LIMIT = { timeout: 20_000 };

afterEach(cleanUp);

async function decided(url: string, one: Awaited<ReturnType<typeof submission>>): Promise<SubmissionState> {
  const client = fachverfahrenHttp({ baseUrl: url });
  await client.submit(one);
  const state = await client.state(one.submissionId);
  if (state === undefined) throw new Error('not known');
  return state;
}

/** The rejections among the answers, read. */
function rejections(state: SubmissionState) {
  if (state.state === 'received') throw new Error('not decided');
  return state.answers.flatMap((answer) =>
    answer.kind === 'rejection' ? [readRueckweisung(Buffer.from(answer.xml, 'base64'))] : [],
  );
}

describe('the double', LIMIT, () => {
  it('writes an exhibit of what it received: application, images, documents, messages, receipt', async () => {
    const { url, folder } = await double();
    const content = await payload();
    const body = await seal(new TextEncoder().encode(JSON.stringify(content)));
    const { submissionId, application, messages } = content;
    const state = await decided(url, { submissionId, body, contentType: 'application/jose' });
    const exhibit = join(folder, 'exhibits', submissionId);
    expect(state.state).toBe('accepted');
    expect((await readdir(exhibit, { recursive: true })).sort()).toEqual([
      'application.json',
      'documents',
      'documents/antrag.pdf',
      'images',
      'images/photo.png',
      'messages',
      `messages/0430-${messages[0]?.uuid}.xml`,
      'receipt.json',
    ]);
    expect(JSON.parse(await readFile(join(exhibit, 'application.json'), 'utf8'))).toEqual(application);
    expect(await readFile(join(exhibit, 'images/photo.png'))).toEqual(Buffer.of(0x89, 0x50, 0x4e, 0x47));
    expect(JSON.parse(await readFile(join(exhibit, 'receipt.json'), 'utf8'))).toEqual(state);
  });

  it('acts once when it accepts, drops the line, and the same arrives again', async () => {
    const { url, acts } = await double({ fault: { name: 'drop-after-accept' } });
    const client = fachverfahrenHttp({ baseUrl: url });
    const one = await submission();
    await expect(client.submit(one)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    const again = await client.submit(one);
    expect(again.known).toBe(true);
    expect((await client.state(one.submissionId))?.state).toBe('accepted');
    expect(await acts()).toEqual([one.submissionId]);
  });

  it('keeps identity, answers and acts over a restart', async () => {
    const first = await double();
    const one = await submission();
    const before = await decided(first.url, one);
    await first.close();
    const second = await double({ folder: first.folder });
    const client = fachverfahrenHttp({ baseUrl: second.url });
    expect(await client.submit(one)).toEqual({ known: true, state: before });
    expect(await second.acts()).toEqual([one.submissionId]);
  });

  it('decides after a restart on what a crash left undecided, and counts what a crash left uncounted', async () => {
    const first = await double();
    const [one, two] = [await submission(), await submission()];
    await decided(first.url, one);
    await decided(first.url, two);
    await first.close();
    await rm(join(first.folder, 'exhibits', one.submissionId), { recursive: true });
    await rm(join(first.folder, 'acts.jsonl'));
    await appendFile(join(first.folder, 'acts.jsonl'), `{"submissionId":"${two.submissionId.slice(0, 9)}\n`);
    const second = await double({ folder: first.folder });
    expect([...(await second.acts())].sort()).toEqual([one.submissionId, two.submissionId].sort());
    expect(await readdir(join(first.folder, 'exhibits'))).toHaveLength(2);
  });

  it('acts once when twenty copies arrive at once', async () => {
    const { url, acts } = await double();
    const client = fachverfahrenHttp({ baseUrl: url });
    const one = await submission();
    const receipts = await Promise.all(Array.from({ length: 20 }, () => client.submit(one)));
    expect(receipts.filter(({ known }) => !known)).toHaveLength(1);
    await client.state(one.submissionId);
    expect(await acts()).toEqual([one.submissionId]);
  });

  it.each([
    ['a body that is not sealed', 'not-decryptable', async () => new TextEncoder().encode('hello')],
    ['a payload that is no JSON', 'malformed-payload', async () => seal(new TextEncoder().encode('{'))],
    [
      'another version',
      'malformed-payload',
      async (submissionId: string) =>
        seal(new TextEncoder().encode(JSON.stringify({ ...(await payload({ submissionId })), version: 2 }))),
    ],
    ['the payload of another submission', 'wrong-identity', async () => (await submission()).body],
    [
      'an attachment that is not what it announces',
      'wrong-checksum',
      async (submissionId: string) =>
        (
          await submission({
            submissionId,
            attachments: [
              { ...(await sealedAttachment('a.png', 'image/png', Uint8Array.of(1))), sha256: '0'.repeat(64) },
            ],
          })
        ).body,
    ],
    [
      'a file name that leads elsewhere',
      'malformed-payload',
      async (submissionId: string) => {
        const content = await payload({ submissionId });
        const attachments = content.attachments.map((one) => ({ ...one, name: '../../elsewhere.png' }));
        return seal(new TextEncoder().encode(JSON.stringify({ ...content, attachments })));
      },
    ],
  ] as const)('rejects %s with a reason', async (_, code, bodyOf) => {
    const { url, folder } = await double();
    const submissionId = randomUUID();
    const state = await decided(url, {
      submissionId,
      body: await bodyOf(submissionId),
      contentType: 'application/jose',
    });
    expect(state).toMatchObject({ state: 'rejected', reason: { code } });
    expect(await readdir(join(folder, 'exhibits', submissionId))).toEqual(['receipt.json']);
  });

  it('rejects an application that the check refuses, naming the path and not the value', async () => {
    const { url } = await double({
      checkApplication: () => {
        throw new InputError('malformed', 'Kanarienvogel is no name', { path: 'holder.familyName' });
      },
    });
    const state = await decided(url, await submission());
    expect(state).toMatchObject({ state: 'rejected', reason: { code: 'invalid-application' } });
    expect(JSON.stringify(state)).toContain('holder.familyName');
    expect(JSON.stringify(state)).not.toContain('Kanarienvogel');
  });

  it('acknowledges a right message', async () => {
    const { url } = await double();
    const message = message0430();
    const state = await decided(url, await submission({ messages: [message] }));
    expect(state).toMatchObject({
      state: 'accepted',
      answers: [{ kind: 'acknowledgement' }, { kind: 'acknowledgement', messageUuid: message.uuid }],
    });
  });

  const replaced = (from: string, to: string) => {
    const uuid = randomUUID();
    const xml = new TextDecoder().decode(writeBzrAnfrage({ ...SAMPLE, uuid }));
    return sealedMessage('0430', uuid, new TextEncoder().encode(xml.replace(from, to)));
  };
  it.each([
    ['that is cut', 'X000', replaced('</xmeld:bzranfrage></xmeld:datenuebermittlung.bzranfrage.0430>', '')],
    ['in another encoding', 'S001', replaced('encoding="UTF-8"', 'encoding="ISO-8859-15"')],
    ['without type', 'X001', replaced('<code>0430</code>', '<code></code>')],
    ['of another version', 'V000', replaced('version="25.11a"', 'version="24.05"')],
    ['whose type is not that of its root', 'S999', replaced('<code>0430</code>', '<code>0201</code>')],
    ['for another reader', 'T080', replaced('dbs:490040010000', 'dbs:490010010000')],
    ['with a time without milliseconds', 'S999', replaced('10:15:00.000', '10:15:00')],
  ])('accepts the application and rejects a message %s with a 0010', async (_, code, message) => {
    const { url } = await double();
    const state = await decided(url, await submission({ messages: [message] }));
    expect(state.state).toBe('accepted');
    const [rejection] = rejections(state);
    expect(rejection?.reasons[0]?.code).toBe(code);
    expect(rejection?.header.test).toBe(true);
  });

  it('rejects a message whose UUID was processed before, also after a restart', async () => {
    const first = await double();
    const message = message0430();
    await decided(first.url, await submission({ messages: [message] }));
    await first.close();
    const { url } = await double({ folder: first.folder });
    const state = await decided(url, await submission({ messages: [message] }));
    expect(rejections(state).map(({ reasons, rejected }) => [reasons[0]?.code, rejected?.uuid])).toEqual([
      ['S100', message.uuid],
    ]);
  });
});
