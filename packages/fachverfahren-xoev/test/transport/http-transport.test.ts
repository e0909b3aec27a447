import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { lastValueFrom, toArray } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  fachverfahrenHttp,
  messageTransportContract,
  ServiceError,
  submissionTransport,
} from '../../src/index.js';
import type { MessageTransport, OutgoingMessage, ReceiptVerifier, TransportEvent } from '../../src/index.js';
import { certificateReceipts } from '../../src/node/index.js';
import { testReceiptSigner } from '../../src/node/double/index.js';
import type { DoubleFault, DoubleOptions } from '../../src/node/double/index.js';
import { selfSignedCertificate } from '../../src/node/double/self-signed.js';
import { cleanUp, double, rejectable, submission } from '../node/fixtures.js';

afterEach(cleanUp);

const QUICK = { patienceMs: 5_000, firstPauseMs: 5, longestPauseMs: 50 };
const DAY_MS = 86_400_000;

const outgoing = async (make = submission): Promise<OutgoingMessage> => {
  const { submissionId, body, contentType } = await make();
  return { messageId: submissionId, body, contentType };
};

const all = (transport: MessageTransport, message: OutgoingMessage): Promise<TransportEvent[]> =>
  lastValueFrom(transport.submit(message).pipe(toArray()));

async function withDouble(options: Partial<DoubleOptions>, verifyReceipt?: ReceiptVerifier) {
  const running = await double(options);
  const port = fachverfahrenHttp({
    baseUrl: running.url,
    deadlines: { submitMs: 2_000, stateMs: 2_000 },
    ...(verifyReceipt === undefined ? {} : { verifyReceipt }),
  });
  return { ...running, transport: submissionTransport(port, QUICK) };
}

const codeOf = async (call: Promise<unknown>): Promise<unknown> => {
  const error = await call.catch((cause: unknown) => cause);
  return error instanceof ServiceError ? error.code : error;
};

const suiteWith = (options: () => Promise<readonly [Partial<DoubleOptions>, ReceiptVerifier?]>) =>
  messageTransportContract(async () => ({
    ...(await withDouble(...(await options()))),
    acceptable: () => outgoing(),
    rejectable: () => outgoing(rejectable),
  }));

describe('the HTTP transport keeps the contract:', () => {
  it.each(suiteWith(async () => [{}]))('$name', async ({ run }) => run());
});

describe('the HTTP transport with signed receipts and answers that come twice keeps the contract:', () => {
  const suite = suiteWith(async () => {
    const receipts = await testReceiptSigner();
    return [{ receipts, fault: { name: 'answer-twice' } }, certificateReceipts(receipts.certificatePem)];
  });
  it.each(suite)('$name', async ({ run }) => run());
});

describe('the HTTP transport loses and doubles nothing when', { timeout: 20_000 }, () => {
  const faults: readonly (readonly [DoubleFault, string])[] = [
    [{ name: 'drop-before-accept', times: 1 }, 'unreachable'],
    [{ name: 'drop-after-accept', times: 1 }, 'unreachable'],
    [{ name: 'cut-answer', times: 1 }, 'unreachable'],
    [{ name: 'refuse', times: 1 }, 'refused'],
    [{ name: 'garbage', times: 1 }, 'protocol'],
    [{ name: 'html-error', times: 1 }, 'refused'],
    [{ name: 'slow', seconds: 30, times: 1 }, 'timeout'],
  ];
  it.each(faults)('the receiver does %j', async (fault, code) => {
    const { transport, acts } = await withDouble({ fault });
    const message = await outgoing();
    expect(await codeOf(all(transport, message))).toBe(code);
    expect((await all(transport, message)).map(({ type }) => type)).toEqual(['accepted', 'delivered']);
    expect(await acts()).toEqual([message.messageId]);
  });

  it.each(['garbage', 'html-error', 'refuse', 'cut-answer'] as const)(
    'the question for the state meets %s: it is asked again',
    async (name) => {
      const { transport, setFault } = await withDouble({});
      const message = await outgoing();
      const types: string[] = [];
      await new Promise<void>((resolve, reject) => {
        transport.submit(message).subscribe({
          next: ({ type }) => {
            types.push(type);
            if (type === 'accepted') setFault({ name, times: 2 });
          },
          complete: resolve,
          error: reject,
        });
      });
      expect(types).toEqual(['accepted', 'delivered']);
    },
  );
});

describe('an acknowledgement', { timeout: 20_000 }, () => {
  it.each(['forge-receipt', 'replay-receipt'] as const)('that does %s delivers nothing', async (name) => {
    const receipts = await testReceiptSigner();
    const verify = certificateReceipts(receipts.certificatePem);
    const { transport, setFault, acts } = await withDouble({ receipts }, verify);
    const first = await outgoing();
    await all(transport, first);
    setFault({ name });
    const second = await outgoing();
    expect(await codeOf(all(transport, second))).toBe('protocol');
    setFault(undefined);
    expect((await all(transport, second)).map(({ type }) => type)).toEqual(['accepted', 'delivered']);
    expect(await acts()).toEqual([first.messageId, second.messageId]);
  });

  it('without the receipt that is asked for delivers nothing', async () => {
    const { certificatePem } = await testReceiptSigner();
    const { transport } = await withDouble({}, certificateReceipts(certificatePem));
    expect(await codeOf(all(transport, await outgoing()))).toBe('protocol');
  });

  it('signed under a certificate that has expired delivers nothing, and trying again is not advised', async () => {
    const receipts = await testReceiptSigner(new Date(Date.now() - 60 * DAY_MS), 30);
    const { transport } = await withDouble({ receipts }, certificateReceipts(receipts.certificatePem));
    await expect(all(transport, await outgoing())).rejects.toMatchObject({
      code: 'protocol',
      retryable: false,
    });
  });

  it('is checked against a certificate and nothing else', () => {
    expect(() => certificateReceipts('none')).toThrow(expect.objectContaining({ name: 'InputError' }));
  });
});

it('a server whose certificate has expired gets nothing, and the error says so', async () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = selfSignedCertificate(keys, {
    commonName: 'TEST ONLY',
    notBefore: new Date(Date.now() - 2 * DAY_MS),
    notAfter: new Date(Date.now() - DAY_MS),
    use: 'server',
    host: 'localhost',
  });
  let requests = 0;
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const server = createServer({ key, cert: certificate }, (_, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  try {
    const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
    const transport = submissionTransport(fachverfahrenHttp({ baseUrl }), QUICK);
    await expect(all(transport, await outgoing())).rejects.toMatchObject({
      code: 'protocol',
      retryable: false,
      message: expect.stringMatching(/certificate/),
    });
    expect(requests).toBe(0);
  } finally {
    server.close();
  }
});
