import { take, toArray, firstValueFrom } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MASTER_FILE_SFI, readCardAccess, readFile } from '@buergerkoffer/eid';
import { simulatedCardTerminal, simulatedIdCard } from '@buergerkoffer/eid/simulator';
import type { Fault } from '@buergerkoffer/core/simulation';

afterEach(() => {
  vi.useRealTimers();
});

describe('simulatedCardTerminal', () => {
  it('tells of the card: the present state first, then every change', async () => {
    const simulated = simulatedCardTerminal({ card: 'none' });
    const terminal = await simulated.open();
    const states = firstValueFrom(terminal.card().pipe(take(3), toArray()));
    simulated.insert();
    simulated.remove();
    expect((await states).map(({ state }) => state)).toEqual(['absent', 'present', 'absent']);
  });

  it('reads EF.CardAccess in pieces of any size', async () => {
    const terminal = await simulatedCardTerminal({ paceMs: 0 }).open();
    const channel = await terminal.connect();
    const whole = await readFile(channel, MASTER_FILE_SFI.cardAccess);
    expect(readCardAccess(whole)).toContainEqual(expect.objectContaining({ type: 'pace', parameterId: 13 }));
    for (const pieceBytes of [1, 100, 223]) {
      expect(await readFile(channel, MASTER_FILE_SFI.cardAccess, { pieceBytes })).toEqual(whole);
    }
  });

  it('says access denied for a protected file, not found for none, and gives up on one that does not end', async () => {
    const terminal = await simulatedCardTerminal({ paceMs: 0 }).open();
    const channel = await terminal.connect();
    await expect(readFile(channel, MASTER_FILE_SFI.cardSecurity)).rejects.toMatchObject({
      code: 'access-denied',
    });
    await expect(readFile(channel, 5)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      readFile(channel, MASTER_FILE_SFI.cardAccess, { maxBytes: 10, pieceBytes: 5 }),
    ).rejects.toMatchObject({
      code: 'protocol',
    });
  });

  it('waits for a card and connects when it comes', async () => {
    const simulated = simulatedCardTerminal({ card: 'none', paceMs: 0 });
    const terminal = await simulated.open();
    const connecting = terminal.connect();
    simulated.insert(simulatedIdCard());
    expect((await connecting).atr).toEqual(simulatedIdCard().atr);
  });

  it('gives up waiting for a card in time, and leaves no timer', async () => {
    vi.useFakeTimers();
    const terminal = await simulatedCardTerminal({ card: 'none' }).open();
    const failed = terminal.connect().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await failed).toMatchObject({ code: 'timeout' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects an aborted wait with the reason of the caller, and is free at once', async () => {
    const simulated = simulatedCardTerminal({ card: 'none', paceMs: 0 });
    const terminal = await simulated.open();
    const abort = new AbortController();
    const failed = terminal.connect({}, abort.signal).catch((error: unknown) => error);
    abort.abort('the clerk has changed her mind');
    expect(await failed).toBe('the clerk has changed her mind');
    simulated.insert();
    await (await terminal.connect()).close();
    await expect(terminal.connect({}, abort.signal)).rejects.toBe('the clerk has changed her mind');
  });

  it('loses the channel, and the command under way, when the card is taken out, and lives on itself', async () => {
    const simulated = simulatedCardTerminal();
    const terminal = await simulated.open();
    const channel = await terminal.connect();
    const answer = channel.transmit(new Uint8Array([0, 0xb0, 0x9c, 0, 0])).catch((error: unknown) => error);
    simulated.remove();
    expect(await answer).toMatchObject({ code: 'lost' });
    expect(await channel.ended).toMatchObject({ reason: 'lost' });
    simulated.insert();
    expect((await (await terminal.connect()).transmit(new Uint8Array([0, 0xb0, 0x9e, 0, 0]))).sw).toBe(
      0x9000,
    );
  });

  it('lets nobody in beside an open channel', async () => {
    const terminal = await simulatedCardTerminal({ paceMs: 0 }).open();
    const channel = await terminal.connect();
    await expect(terminal.connect()).rejects.toMatchObject({ code: 'busy' });
    await channel.close();
    await expect(terminal.connect()).resolves.toBeDefined();
  });

  it.each<[Fault, string, string]>([
    [{ type: 'stall' }, 'connect', 'protocol'],
    [{ type: 'vanish' }, 'connect', 'lost'],
  ])('shows %j of %s as %s', async (fault, operation, code) => {
    const terminal = await simulatedCardTerminal({ paceMs: 0, faults: [{ operation, fault }] }).open();
    await expect(terminal.connect()).rejects.toMatchObject({ code });
  });

  it.each<[Fault, string]>([
    [{ type: 'stall' }, 'protocol'],
    [{ type: 'vanish' }, 'lost'],
  ])('shows %j of transmit as %s', async (fault, code) => {
    const terminal = await simulatedCardTerminal({
      paceMs: 0,
      faults: [{ operation: 'transmit', fault }],
    }).open();
    const channel = await terminal.connect();
    await expect(channel.transmit(new Uint8Array([0, 0xb0, 0x9c, 0, 0]))).rejects.toMatchObject({ code });
  });

  it('gives a silent card 30 seconds, then leaves no timer', async () => {
    vi.useFakeTimers();
    const faults = [{ operation: 'transmit', fault: { type: 'time-out' } }] as const;
    const terminal = await simulatedCardTerminal({ faults, paceMs: 0 }).open();
    const connecting = terminal.connect();
    await vi.advanceTimersByTimeAsync(1);
    const answer = (await connecting)
      .transmit(new Uint8Array([0, 0xb0, 0x9c, 0, 0]))
      .catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await answer).toMatchObject({ code: 'timeout' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, Fault]>([
    ['eject', { type: 'stall' }],
    ['connect', { type: 'jam' }],
    ['transmit', { type: 'retry', times: 1 }],
  ])('refuses for %s the fault %j, which it cannot show', (operation, fault) => {
    const unsupported = expect.objectContaining({ code: 'unsupported' }) as Error;
    expect(() => simulatedCardTerminal({ faults: [{ operation, fault }] })).toThrow(unsupported);
    const terminal = simulatedCardTerminal();
    expect(() => {
      terminal.faults.plan({ operation, fault });
    }).toThrow(unsupported);
  });
});
