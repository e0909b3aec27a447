import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, toArray } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { messageTransportContract } from '../../src/index.js';
import type { OutgoingMessage, TransportEvent } from '../../src/index.js';
import { certificateReceipts, fileDrop, readDrops } from '../../src/node/index.js';
import type { DropDecision, FileDropOptions } from '../../src/node/index.js';
import { testReceiptSigner } from '../../src/node/double/index.js';

const folders: string[] = [];
const timers: NodeJS.Timeout[] = [];

afterEach(async () => {
  for (const timer of timers.splice(0)) clearInterval(timer);
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function place(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drop-'));
  folders.push(folder);
  return folder;
}

const QUICK = { patienceMs: 3_000, firstPauseMs: 5, longestPauseMs: 20 };
const HASTY = { patienceMs: 0, firstPauseMs: 5, longestPauseMs: 20 };
const REJECT = new TextEncoder().encode('reject me');

const message = (body: Uint8Array = new TextEncoder().encode(randomUUID())): OutgoingMessage => ({
  messageId: randomUUID(),
  contentType: 'application/xml',
  body,
});

const all = (
  folder: string,
  one: OutgoingMessage,
  options: FileDropOptions = QUICK,
): Promise<TransportEvent[]> => lastValueFrom(fileDrop(folder, options).submit(one).pipe(toArray()));

const typesOf = (events: readonly TransportEvent[]): readonly string[] => events.map(({ type }) => type);

const ANSWER: DropDecision = { result: 'answered', contentType: 'application/xml', base64: 'PGEvPg==' };
const REASON = { code: 'S999', message: 'refused by the test', messageDe: 'Vom Test abgewiesen.' };

/** A reader that looks often; identities it acted on. */
function reader(folder: string): string[] {
  const acts: string[] = [];
  let isBusy = false;
  timers.push(
    setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      void readDrops(folder, ({ body }) =>
        Promise.resolve(
          Buffer.from(body).equals(REJECT)
            ? [{ result: 'rejected', reason: REASON }]
            : [ANSWER, { result: 'accepted', reference: 'R-1' }],
        ),
      )
        .then((decided) => acts.push(...decided))
        .catch(() => undefined)
        .finally(() => {
          isBusy = false;
        });
    }, 10),
  );
  return acts;
}

describe('the drop folder keeps the contract of a transport:', () => {
  const suite = messageTransportContract(async () => {
    const folder = await place();
    const acts = reader(folder);
    return {
      transport: fileDrop(folder, QUICK),
      acceptable: () => Promise.resolve(message()),
      rejectable: () => Promise.resolve(message(REJECT)),
      acts: async () => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return acts;
      },
      close: () => Promise.resolve(),
    };
  });
  it.each(suite)('$name', async ({ run }) => run());
});

describe('the drop folder', () => {
  it('shows a message whole, with its manifest, and waits no longer than it has patience', async () => {
    const folder = await place();
    const one = message();
    expect(typesOf(await all(folder, one, HASTY))).toEqual(['accepted']);
    expect(await readdir(join(folder, 'out'))).toEqual([one.messageId]);
    expect(new Uint8Array(await readFile(join(folder, 'out', one.messageId, 'message')))).toEqual(one.body);
    const manifest: unknown = JSON.parse(
      await readFile(join(folder, 'out', one.messageId, 'manifest.json'), 'utf8'),
    );
    expect(manifest).toMatchObject({ version: 1, messageId: one.messageId, bodyBytes: one.body.length });
  });

  it('tells delivered when the reader took the message and says nothing', async () => {
    const folder = await place();
    const one = message();
    await all(folder, one, HASTY);
    await rename(join(folder, 'out', one.messageId), join(folder, 'taken', one.messageId));
    expect(typesOf(await all(folder, one, HASTY))).toEqual(['accepted', 'delivered']);
    expect(await readdir(join(folder, 'out'))).toEqual([]);
  });

  it('takes an answer with it when it is asked again later', async () => {
    const folder = await place();
    const one = message();
    await all(folder, one, HASTY);
    await readDrops(folder, () => Promise.resolve([ANSWER]));
    const events = await all(folder, one, HASTY);
    expect(typesOf(events)).toEqual(['accepted', 'delivered', 'answered']);
  });

  it('goes on where a reader was killed between taking and deciding', async () => {
    const folder = await place();
    const one = message();
    await all(folder, one, HASTY);
    await expect(readDrops(folder, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    expect(await readDrops(folder, () => Promise.resolve([{ result: 'accepted' }]))).toEqual([one.messageId]);
    expect(await readDrops(folder, () => Promise.reject(new Error('never')))).toEqual([]);
    expect(typesOf(await all(folder, one))).toEqual(['accepted', 'delivered']);
  });

  it('ignores what a killed writer left', async () => {
    const folder = await place();
    await mkdir(join(folder, 'out', '.draft-1'), { recursive: true });
    await writeFile(join(folder, 'out', '.draft-1', 'message'), 'half');
    expect(await readDrops(folder, () => Promise.reject(new Error('never')))).toEqual([]);
  });

  describe('refuses an answer', () => {
    const GOOD = {
      version: 1,
      answerId: '3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430',
      at: '2026-03-02T09:00:00.000Z',
      result: 'accepted',
    };
    const cases: readonly (readonly [string, (good: object) => string | Uint8Array])[] = [
      ['about another message', (good) => JSON.stringify({ ...good, messageId: randomUUID() })],
      ['about other bytes', (good) => JSON.stringify({ ...good, bodySha256: '0'.repeat(64) })],
      ['under another name', (good) => JSON.stringify({ ...good, answerId: randomUUID() })],
      ['that is HTML', () => '<!doctype html><title>Anmeldung</title>'],
      ['of another version', (good) => JSON.stringify({ ...good, version: 2 })],
      ['that is cut', (good) => JSON.stringify(good).slice(0, -1)],
      ['that is no UTF-8', () => Uint8Array.of(0xff, 0xfe, 0x00)],
      ['that is empty', () => ''],
    ];
    it.each(cases)('%s', async (_, write) => {
      const folder = await place();
      const one = message();
      await all(folder, one, HASTY);
      const { bodySha256 } = JSON.parse(
        await readFile(join(folder, 'out', one.messageId, 'manifest.json'), 'utf8'),
      ) as { bodySha256: string };
      const answers = join(folder, 'answers', one.messageId);
      await mkdir(answers, { recursive: true });
      const file = join(answers, `${GOOD.answerId}.json`);
      await writeFile(file, write({ ...GOOD, messageId: one.messageId, bodySha256 }));
      await expect(all(folder, one, HASTY)).rejects.toMatchObject({ code: 'protocol', path: file });
      await writeFile(file, JSON.stringify({ ...GOOD, messageId: one.messageId, bodySha256 }));
      expect(typesOf(await all(folder, one, HASTY))).toEqual(['accepted', 'delivered']);
    });

    it('that is a link', async () => {
      const folder = await place();
      const one = message();
      await all(folder, one, HASTY);
      const answers = join(folder, 'answers', one.messageId);
      await mkdir(answers, { recursive: true });
      await symlink('/etc/hostname', join(answers, `${GOOD.answerId}.json`));
      await expect(all(folder, one, HASTY)).rejects.toMatchObject({ code: 'protocol' });
    });

    it('without the receipt that is asked for', async () => {
      const folder = await place();
      const { certificatePem } = await testReceiptSigner();
      const one = message();
      await all(folder, one, HASTY);
      await readDrops(folder, () => Promise.resolve([{ result: 'accepted' }]));
      const asking = { ...HASTY, verifyReceipt: certificateReceipts(certificatePem) };
      await expect(all(folder, one, asking)).rejects.toMatchObject({ code: 'protocol' });
    });
  });

  it('that cannot be used is an error with a remedy', async () => {
    const folder = await place();
    await writeFile(join(folder, 'out'), 'a file in the way');
    await expect(all(folder, message())).rejects.toMatchObject({ code: 'unreachable', retryable: true });
  });
});
