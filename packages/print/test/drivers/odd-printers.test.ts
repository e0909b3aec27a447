import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  readIppMessage,
  writeIppMessage,
  type IppGroup,
  type IppMessage,
  type IppValue,
} from '@buergerkoffer/print/ipp';
import { SimulatedIppPrinter } from '@buergerkoffer/print/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DOCUMENT, eventsOf, failureOf, fresh, openPrinter, typesOf } from '../support/printer-bench.js';

vi.setConfig({ testTimeout: 60_000 });

type Answer = (bytes: Uint8Array, response: ServerResponse, request: IncomingMessage) => void;

const PATH = '/ipp/print';
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const plainly: Answer = (bytes, response) => {
  response.writeHead(200, { 'content-type': 'application/ipp' }).end(bytes);
};

/** A printer whose answers `change` makes odd, and whose HTTP is `answer`. */
async function oddPrinter(change: (answer: IppMessage) => IppMessage, answer: Answer = plainly) {
  const printer = new SimulatedIppPrinter({ paceMs: 5 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked = readIppMessage(new Uint8Array(Buffer.concat(chunks)));
      const odd = change(printer.answer(asked, [`ipp://127.0.0.1${PATH}`]));
      answer(writeIppMessage(odd), response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
    printer.restart();
  });
  return { printer, uri: `ipp://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}` };
}

const asItIs = (answer: IppMessage): IppMessage => answer;

const withGroups =
  (change: (groups: readonly IppGroup[]) => readonly IppGroup[]) =>
  (answer: IppMessage): IppMessage => ({ ...answer, groups: change(answer.groups) });

/** Further attributes in each group, at its beginning. */
const withMore = (...values: readonly IppValue[]) =>
  withGroups((groups) =>
    groups.map(({ group, attributes }) => ({
      group,
      attributes: [{ name: 'x-odd', values: [...values] }, ...attributes],
    })),
  );

/** Collections, so many in one another. */
const nested = (depth: number): IppValue =>
  Array.from({ length: depth }).reduce<IppValue>(
    (inner) => ({ syntax: 'collection', members: [{ name: 'x-inner', values: [inner] }] }),
    { syntax: 'integer', value: 1 },
  );

const octets = Uint8Array.of(0xfc, 0x00, 0xff);

describe('a printer that is odd, and prints once all the same', () => {
  it.each<[string, (answer: IppMessage) => IppMessage, Answer?]>([
    ['groups in another order', withGroups((groups) => [...groups].reverse())],
    [
      'attributes in another order',
      withGroups((groups) =>
        groups.map(({ group, attributes }) => ({ group, attributes: [...attributes].reverse() })),
      ),
    ],
    ['a group that nobody knows', withGroups((groups) => [{ group: 0x0e, attributes: [] }, ...groups])],
    [
      'syntaxes that nobody knows',
      withMore({ syntax: 'other', tag: 0x2d, octets }, { syntax: 'other', tag: 0x4f, octets }),
    ],
    [
      'values of several syntaxes',
      withMore({ syntax: 'integer', value: 1 }, { syntax: 'keyword', value: 'a' }, { syntax: 'no-value' }),
    ],
    ['collections 30 deep', withMore(nested(30))],
    ['text in another charset', withMore({ syntax: 'other', tag: 0x41, octets })],
    ['IPP/1.0', (answer) => ({ ...answer, version: { major: 1, minor: 0 } })],
    ['IPP/2.2', (answer) => ({ ...answer, version: { major: 2, minor: 2 } })],
    ['a success with a warning', (answer) => ({ ...answer, code: answer.code === 0 ? 1 : answer.code })],
    ['data behind the attributes', (answer) => ({ ...answer, data: new Uint8Array(100) })],
    [
      'no name of a charset',
      withGroups((groups) =>
        groups.map(({ group, attributes }) => ({
          group,
          attributes: group === 'operation' ? [] : attributes,
        })),
      ),
    ],
    [
      'answers in pieces',
      asItIs,
      (bytes, response) => {
        response.writeHead(200);
        for (const byte of bytes.subarray(0, 40)) response.write(Uint8Array.of(byte));
        response.end(bytes.subarray(40));
      },
    ],
    [
      'a connection for each answer',
      asItIs,
      (bytes, response) => {
        response.writeHead(200, { connection: 'close' }).end(bytes);
      },
    ],
    [
      'answers with 100 first',
      asItIs,
      (bytes, response) => {
        response.writeContinue();
        response.writeHead(200).end(bytes);
      },
    ],
  ])('with %s', async (_, change, answer) => {
    const { printer, uri } = await oddPrinter(change, answer);
    const opened = await openPrinter(uri);
    expect(await opened.status()).toMatchObject({ state: 'idle' });
    expect(typesOf(await eventsOf(opened.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    expect(printer.printed).toHaveLength(1);
    await opened.close();
  });
});

describe('a printer that nobody can print on', () => {
  it.each<[string, Answer, object]>([
    [
      'sends elsewhere',
      (_, response) => response.writeHead(301, { location: 'https://127.0.0.1/' }).end(),
      { code: 'protocol', remedy: expect.stringContaining('ipps://') as string },
    ],
    ['wants to be upgraded', (_, response) => response.writeHead(426).end(), { code: 'access-denied' }],
    [
      'is a page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>'),
      { code: 'protocol' },
    ],
    ['says nothing', (_, response) => response.writeHead(200).end(), { code: 'protocol' }],
    [
      'answers half',
      (bytes, response) => response.writeHead(200).end(bytes.subarray(0, bytes.length / 2)),
      { code: 'protocol' },
    ],
    [
      'answers another question',
      (bytes, response) => response.writeHead(200).end(bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte))),
      { code: 'protocol' },
    ],
    [
      'breaks off',
      (bytes, response) =>
        response
          .writeHead(200, { 'content-length': bytes.length })
          .write(bytes.subarray(0, 9), () => response.destroy()),
      { code: 'lost' },
    ],
    [
      'answers without end',
      (_, response) => {
        const more = (): void => {
          while (response.write(new Uint8Array(65_536)));
          response.once('drain', more);
        };
        response.writeHead(200);
        more();
      },
      { code: 'protocol' },
    ],
    [
      'drips',
      (bytes, response, request) => {
        let at = 0;
        response.writeHead(200);
        const timer = setInterval(() => response.write(bytes.subarray(at, ++at)), 400);
        request.socket.once('close', () => {
          clearInterval(timer);
        });
      },
      { code: 'timeout' },
    ],
  ])('because it %s', async (_, answer, error) => {
    const { uri } = await oddPrinter(asItIs, answer);
    await expect(openPrinter(uri)).rejects.toMatchObject(error);
  });

  it('because it calls every job by no number', async () => {
    const { printer, uri } = await oddPrinter(
      withGroups((groups) =>
        groups.map(({ group, attributes }) => ({
          group,
          attributes: attributes.map((each) =>
            each.name === 'job-id' ? { name: 'job-id', values: [{ syntax: 'integer', value: 0 }] } : each,
          ),
        })),
      ),
    );
    const opened = await openPrinter(uri);
    expect(await failureOf(opened.print(DOCUMENT, fresh()))).toMatchObject({ kind: 'device' });
    expect(printer.printed.length).toBeLessThanOrEqual(1);
    await opened.close();
  });
});
