import { describe, expect, it } from 'vitest';
import type { HttpPort } from '@buergerkoffer/core';
import { httpBus } from '@buergerkoffer/core/node';
import { httpServer, tcpServer } from './support/servers.js';

const at = (port: number, path = '/base/'): HttpPort => {
  const url = `http://127.0.0.1:${port}${path}`;
  return { bus: 'http', id: url, path: url, physical: 'net:127.0.0.1', url };
};
const open = (port: number, headers?: Readonly<Record<string, string>>) =>
  httpBus().open(at(port), headers === undefined ? {} : { headers });

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of body) text += decoder.decode(piece, { stream: true });
  return text;
}

describe('an HTTP service', () => {
  it('gets method, path, headers and body, and answers with head and body', async () => {
    const http = await open(
      await httpServer((request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          response.writeHead(201, { 'X-Seen': `${request.method ?? ''} ${request.url ?? ''}` });
          response.end(`${String(request.headers['x-own'])} ${Buffer.concat(parts).toString()}`);
        });
      }),
      { 'x-own': 'mine' },
    );
    const answer = await http.request({ method: 'POST', path: 'job?x=1', body: new Uint8Array([0x61]) });
    expect(answer).toMatchObject({ status: 201, headers: { 'x-seen': 'POST /base/job?x=1' } });
    expect(await textOf(answer.body)).toBe('mine a');
    await http.close();
    expect(await http.ended).toEqual({ reason: 'closed' });
  });

  it('uses a connection again', async () => {
    const ports = new Set<number | undefined>();
    const http = await open(
      await httpServer((request, response) => {
        ports.add(request.socket.remotePort);
        response.end();
      }),
    );
    for (let i = 0; i < 3; i += 1) await textOf((await http.request({ method: 'GET', path: '' })).body);
    expect(ports.size).toBe(1);
    await http.close();
  });

  it.each(['http://elsewhere.example/', '//elsewhere.example/x', 'file:///etc/passwd'])(
    'never asks another service: %s',
    async (path) => {
      const http = await open(await httpServer((_, response) => response.end()));
      await expect(http.request({ method: 'GET', path })).rejects.toMatchObject({ code: 'invalid-request' });
      await http.close();
    },
  );

  it('hands a redirect on as the answer that it is', async () => {
    const http = await open(
      await httpServer((_, response) => response.writeHead(302, { location: '/elsewhere' }).end()),
    );
    expect(await http.request({ method: 'GET', path: '' })).toMatchObject({ status: 302 });
    await http.close();
  });

  it('has a deadline for the head, a signal, and an end', async () => {
    const http = await open(await httpServer(() => undefined));
    const ask = (options = {}) => http.request({ method: 'GET', path: '' }, options);
    await expect(ask({ timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
    const stop = new AbortController();
    const asking = ask({ signal: stop.signal });
    stop.abort('enough');
    await expect(asking).rejects.toBe('enough');
    const pending = ask();
    await http.close();
    await expect(pending).rejects.toMatchObject({ code: 'closed' });
    await expect(ask()).rejects.toMatchObject({ code: 'closed' });
  });

  it('stops the transfer when nobody reads on', async () => {
    let stopped: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (stopped = resolve));
    const http = await open(
      await httpServer((_, response) => {
        response.on('close', stopped);
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', more);
        more();
      }),
    );
    const { body } = await http.request({ method: 'GET', path: '' });
    for await (const _ of body) break;
    await over;
    await http.close();
  });

  it.each<[string, string, string]>([
    ['nonsense instead of HTTP', 'nonsense\r\n\r\n', 'protocol'],
    ['a head that never ends', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 'protocol'],
    ['nothing, and hangs up', '', 'lost'],
  ])('says what is wrong with %s', async (_, answer, code) => {
    const http = await open(await tcpServer((socket) => socket.once('data', () => socket.end(answer))));
    await expect(http.request({ method: 'GET', path: '' })).rejects.toMatchObject({ code });
    await http.close();
  });

  it('is lost when the body is shorter than it promised', async () => {
    const http = await open(
      await tcpServer((socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')),
      ),
    );
    const { body } = await http.request({ method: 'GET', path: '' });
    await expect(textOf(body)).rejects.toMatchObject({ code: 'lost' });
    await http.close();
  });

  it('refuses what HTTP cannot carry', async () => {
    const http = await open(await httpServer((_, response) => response.end()));
    const strange = http.request({ method: 'GET', path: '', headers: { 'x-y': 'a\nb' } });
    await expect(strange).rejects.toMatchObject({ code: 'invalid-request' });
    await http.close();
  });
});
