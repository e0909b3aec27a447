import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { filter, firstValueFrom, mergeMap, takeWhile, toArray, type Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus, ByteTransport, SerialPort } from '@buergerkoffer/core';
import { serialBus } from '@buergerkoffer/core/node';

const hasSocat = spawnSync('socat', ['-V']).status === 0;
if (!hasSocat) console.log('skipped: serial lines on pseudo-terminals need socat (apt-get install socat)');

/** A pseudo-terminal that the real `serialport` opens, and a program at its far end. */
describe.skipIf(!hasSocat)('a serial line on a pseudo-terminal', () => {
  let folder: string;
  let link: string;
  let bus: Bus<'serial'>;
  let programs: ChildProcess[];
  /** So that the bus knows what was attached before a test asks. */
  let watch: Subscription;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'serial-pty-'));
    link = join(folder, 'line');
    bus = serialBus({ extraPaths: [link] });
    programs = [];
    watch = bus.events.subscribe();
  });
  afterEach(() => {
    watch.unsubscribe();
    for (const program of programs) program.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  function plug(farEnd: string): ChildProcess {
    const program = spawn('socat', [`PTY,raw,echo=0,link=${link}`, farEnd], { stdio: 'ignore' });
    programs.push(program);
    return program;
  }

  function event(type: 'attached' | 'detached'): Promise<SerialPort> {
    return firstValueFrom(
      bus.events.pipe(
        mergeMap((one) => (one.type === type ? [one.port] : [])),
        filter(({ path }) => path === link),
      ),
    );
  }

  async function open(
    farEnd: string,
  ): Promise<{ line: ByteTransport; port: SerialPort; program: ChildProcess }> {
    const attached = event('attached');
    const program = plug(farEnd);
    const port = await attached;
    return { line: await bus.open(port, { baudRate: 115_200 }), port, program };
  }

  /** The next `length` bytes of the line. */
  async function next(line: ByteTransport, length: number): Promise<Buffer> {
    let had = 0;
    const chunks = await firstValueFrom(
      line.input.pipe(
        takeWhile((chunk) => (had += chunk.length) < length, true),
        toArray(),
      ),
    );
    return Buffer.concat(chunks);
  }

  it('carries a megabyte there and back, byte for byte', async () => {
    const { line } = await open('EXEC:cat');
    const sent = randomBytes(1 << 20);
    const received = next(line, sent.length);
    await line.write(sent);
    expect((await received).equals(sent)).toBe(true);
    await line.close();
  });

  it('is lost for writer and reader when the far end goes, and can be opened again when it is back', async () => {
    const { line, port, program } = await open('EXEC:cat');
    const reading = expect(firstValueFrom(line.input)).rejects.toMatchObject({ code: 'lost' });
    const detached = event('detached');
    program.kill('SIGTERM');
    await reading;
    expect(await line.ended).toMatchObject({ reason: 'lost', error: { code: 'lost' } });
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
    await line.close();
    expect((await detached).id).toBe(port.id);
    const again = await open('EXEC:cat');
    const echo = next(again.line, 2);
    await again.line.write(Buffer.from('hi'));
    expect((await echo).toString()).toBe('hi');
    await again.line.close();
  });

  it('is lost each time that the far end goes while nothing happens on the line', async () => {
    for (let round = 0; round < 60; round += 1) {
      const { line, program } = await open('EXEC:cat');
      const detached = event('detached');
      // Long enough that the library waits in the kernel, which is how a line is most of the time.
      await setTimeout(50);
      program.kill('SIGTERM');
      expect(await line.ended).toMatchObject({ reason: 'lost' });
      await line.close();
      await detached;
    }
  }, 60_000);

  it('is busy for a second opener and free after the first', async () => {
    const { line, port } = await open('EXEC:cat');
    await expect(bus.open(port, { baudRate: 9_600 })).rejects.toMatchObject({ code: 'busy' });
    await line.close();
    await (await bus.open(port, { baudRate: 9_600 })).close();
  });

  it('opens at rates that no table has', async () => {
    const { line, port } = await open('EXEC:cat');
    await line.close();
    await (await bus.open(port, { baudRate: 12_345, dataBits: 7, parity: 'odd', stopBits: 2 })).close();
  });

  it('answers at the deadline of a write that nobody takes, and closes all the same', async () => {
    const { line } = await open('EXEC:sleep 60');
    await expect(line.write(new Uint8Array(1 << 20), { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'timeout',
    });
    const waiting = expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'closed' });
    await line.close();
    await waiting;
    expect(await line.ended).toEqual({ reason: 'closed' });
  });

  it('reads what a device sends that takes no more until it was read', async () => {
    const { line } = await open('EXEC:"sh -c \'sleep 0.5; head -c 400000 /dev/zero; cat >/dev/null\'"');
    const received = next(line, 400_000);
    // More than the terminal and the pipe behind it hold.
    const written = line.write(new Uint8Array(1 << 20), { timeoutMs: 20_000 });
    expect((await received).length).toBe(400_000);
    await written;
    await line.close();
  });

  it('closes while it reads, at once', async () => {
    const { line } = await open('EXEC:cat');
    const ended = firstValueFrom(line.input, { defaultValue: 'complete' });
    await line.close();
    expect(await ended).toBe('complete');
  });
});
