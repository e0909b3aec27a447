import { createHash, X509Certificate } from 'node:crypto';
import { getActiveResourcesInfo } from 'node:process';
import { firstValueFrom, toArray } from 'rxjs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TcpPort } from '@buergerkoffer/core';
import { tcpBus } from '@buergerkoffer/core/node';
import { certificate, tcpServer, tlsEcho } from './support/servers.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const at = (port: number, host = '127.0.0.1'): TcpPort => ({
  bus: 'tcp',
  id: `t${port}`,
  path: `${host}:${port}`,
  physical: `net:${host}`,
  host,
  port,
});
const open = (port: TcpPort, options = {}, signal?: AbortSignal) => tcpBus().open(port, options, signal);

describe('a TCP connection', () => {
  it('carries bytes both ways and ends as closed', async () => {
    const line = await open(at(await tcpServer((socket) => socket.pipe(socket))));
    const echo = firstValueFrom(line.input);
    await line.write(bytes('ping'));
    expect(await echo).toEqual(bytes('ping'));
    await line.close();
    await line.close();
    expect(await line.ended).toEqual({ reason: 'closed' });
    await expect(line.write(bytes('x'))).rejects.toMatchObject({ code: 'closed' });
  });

  it('hands on what was said before the other side hung up, then is lost', async () => {
    const line = await open(at(await tcpServer((socket) => socket.end('bye'))));
    expect(await line.ended).toMatchObject({ reason: 'lost' });
    await expect(firstValueFrom(line.input.pipe(toArray()))).rejects.toMatchObject({ code: 'lost' });
  });

  it('is lost when it is reset', async () => {
    const line = await open(
      at(
        await tcpServer((socket) => {
          socket.once('data', () => socket.resetAndDestroy());
        }),
      ),
    );
    await line.write(bytes('x'));
    expect(await line.ended).toMatchObject({ reason: 'lost', error: { code: 'lost' } });
  });

  it('is not found where nobody listens', async () => {
    await expect(open(at(1))).rejects.toMatchObject({ code: 'not-found', remedy: /switched on/ });
  });

  it('is given up with the reason of its signal', async () => {
    await expect(open(at(1), {}, AbortSignal.abort('no longer'))).rejects.toBe('no longer');
  });

  it('gives a write that nobody reads a deadline, and its signal', async () => {
    const line = await open(at(await tcpServer((socket) => socket.pause())));
    const flood = new Uint8Array(64 * 1024 * 1024);
    await expect(line.write(flood, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    const stop = new AbortController();
    const writing = line.write(bytes('x'), { signal: stop.signal });
    stop.abort('enough');
    await expect(writing).rejects.toBe('enough');
    const pending = line.write(bytes('y'));
    await line.close();
    await expect(pending).rejects.toMatchObject({ code: 'closed' });
  });

  it('leaves nothing behind', async () => {
    const before = getActiveResourcesInfo().filter((one) => one.startsWith('TCPSocket')).length;
    const port = await tcpServer((socket) => socket.pipe(socket));
    for (let round = 0; round < 20; round += 1) await (await open(at(port))).close();
    await new Promise((resolve) => setImmediate(resolve));
    const own = getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length;
    expect(own - before).toBeLessThanOrEqual(20);
  });
});

describe('a TLS connection', () => {
  const own = certificate();
  beforeEach(({ skip }) => {
    skip(own === undefined, 'openssl is not here');
  });
  const sha256 = (pem: string) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');

  it('accepts the certificate that is pinned, whoever signed it', async () => {
    if (own === undefined) return;
    const line = await open(at(await tlsEcho(own)), { tls: { pin: sha256(own.cert) } });
    const echo = firstValueFrom(line.input);
    await line.write(bytes('secret'));
    expect(await echo).toEqual(bytes('secret'));
    await line.close();
  });

  it('refuses another one than the pinned, and names what it saw', async () => {
    if (own === undefined) return;
    const refused = open(at(await tlsEcho(own)), { tls: { pin: '00'.repeat(32) } });
    await expect(refused).rejects.toMatchObject({ code: 'access-denied' });
    await expect(refused).rejects.toThrow(sha256(own.cert));
  });

  it('refuses one that signed itself, and accepts it when it is named as authority', async () => {
    if (own === undefined) return;
    const port = at(await tlsEcho(own), 'localhost');
    await expect(open(port, { tls: {} })).rejects.toThrow('it signed its certificate itself');
    await (await open(port, { tls: { ca: own.cert } })).close();
  });

  it('refuses one for another name', async () => {
    const other = certificate('printer.example');
    if (other === undefined) return;
    const port = at(await tlsEcho(other), 'localhost');
    await expect(open(port, { tls: { ca: other.cert } })).rejects.toThrow('for another name');
  });

  it('says that a server without TLS speaks none', async () => {
    const port = await tcpServer((socket) => socket.write('hello\r\n'));
    await expect(open(at(port), { tls: {} })).rejects.toMatchObject({ code: 'protocol' });
  });
});
