import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { patternBytes } from '@buergerkoffer/core/testing';
import { attachReferenceHttp } from '@buergerkoffer/device-lab/node';

/** All that the server says on a connection of its own until it hangs up, or has said `enough` bytes. */
async function said(port: number, path: string, enough = Infinity): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let all = '';
  socket.on('data', (bytes: Buffer) => {
    all += bytes.toString('latin1');
    if (all.length >= enough) socket.destroy();
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: reference\r\n\r\n`);
  await once(socket, 'close');
  return all;
}

describe('the reference service on a wire', () => {
  it('answers, with its headers as servers write them', async () => {
    await using server = await attachReferenceHttp();
    const response = await fetch(`http://127.0.0.1:${server.port}/bytes/1000/7`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(patternBytes(1000, 7));
    expect(await said(server.port, '/hello', 60)).toContain('X-Reference: Hello');
  });

  it('says what is not HTTP', async () => {
    await using server = await attachReferenceHttp();
    expect(await said(server.port, '/garbage')).toMatch(/^220 /);
  });

  it('hangs up without a word', async () => {
    await using server = await attachReferenceHttp();
    expect(await said(server.port, '/hang-up')).toBe('');
  });

  it('sends half of what it announced, or twice as much', async () => {
    await using server = await attachReferenceHttp();
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'.length;
    expect(await said(server.port, '/cut')).toHaveLength(head + 500);
    expect(await said(server.port, '/excess', head + 2000)).toHaveLength(head + 2000);
  });

  it('counts the answers that are under way, and those of clients that have gone no more', async () => {
    await using server = await attachReferenceHttp();
    const url = `http://127.0.0.1:${server.port}`;
    const leave = new AbortController();
    const endless = await fetch(`${url}/endless`, { signal: leave.signal });
    expect(endless.status).toBe(200);
    const running = async (): Promise<string> => (await fetch(`${url}/running`)).text();
    expect(await running()).toBe('1');
    leave.abort();
    await expect.poll(running).toBe('0');
  });
});
