import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { firstValueFrom, Subject, type Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeGone, untilOpenable, UsbNodes } from '../../../src/node/usb/usb-nodes.js';
import { FakeUsbComputer } from '../../support/fake-usb-computer.js';

let computer: FakeUsbComputer;
let watching: Subscription | undefined;
beforeEach(async () => {
  computer = await FakeUsbComputer.make();
});
afterEach(async () => {
  watching?.unsubscribe();
  await computer.remove();
});

/** The hints of `nodes`, of which the first says that it listens. */
async function listening(nodes: UsbNodes): Promise<() => Promise<unknown>> {
  const hints = new Subject<unknown>();
  const first = firstValueFrom(hints);
  watching = nodes.hints.subscribe(hints);
  await first;
  return () => firstValueFrom(hints);
}

describe('the nodes of USB', () => {
  it('hint at a device that comes, gets other rights, and goes', async () => {
    const next = await listening(new UsbNodes(computer));
    let hint = next();
    await computer.plug();
    await hint;
    hint = next();
    await computer.touch(computer.node(2));
    await hint;
    hint = next();
    await computer.unplug();
    await hint;
  });

  it('hint at devices of a bus that came later', async () => {
    const nodes = new UsbNodes(computer);
    const next = await listening(nodes);
    let hint = next();
    await mkdir(join(computer.dev, 'bus/usb/002'));
    await hint;
    hint = next();
    await computer.plug({ place: '2-1' });
    await hint;
    expect(nodes.isDeaf).toBe(false);
  });

  it('hint at devices of a system that gets USB later', async () => {
    await rm(join(computer.dev, 'bus'), { recursive: true });
    const nodes = new UsbNodes(computer);
    const next = await listening(nodes);
    expect(nodes.isDeaf).toBe(true);
    let hint = next();
    await mkdir(join(computer.dev, 'bus/usb/001'), { recursive: true });
    await hint;
    hint = next();
    await computer.plug();
    await hint;
    expect(nodes.isDeaf).toBe(false);
  });

  it('are not watched any more once nobody listens', async () => {
    await vi.waitUntil(() => watchers() === 0);
    await listening(new UsbNodes(computer));
    expect(watchers()).toBe(4);
    watching?.unsubscribe();
    await vi.waitUntil(() => watchers() === 0);
  });
});

describe('a node', () => {
  it('is gone when it is removed, or was not there', async () => {
    await computer.plug();
    const gone = firstValueFrom(nodeGone(computer.node(2)));
    await computer.unplug();
    await gone;
    await firstValueFrom(nodeGone(computer.node(2)));
  });

  it('is waited for until its rights are set', async () => {
    await computer.plug();
    const node = computer.node(2);
    computer.denied.add(node);
    const asked = new Subject<void>();
    const first = firstValueFrom(asked);
    const mayOpen = (path: string): Promise<boolean> => {
      asked.next();
      return computer.mayOpen(path);
    };
    const openable = untilOpenable(node, mayOpen, 60_000, new AbortController().signal);
    await first;
    computer.denied.delete(node);
    await computer.touch(node);
    await openable;
  });

  it('is waited for no longer than allowed, and not after an abort', async () => {
    await computer.plug();
    const refused = (): Promise<boolean> => Promise.resolve(false);
    await untilOpenable(computer.node(2), refused, 1, new AbortController().signal);
    const aborting = new AbortController();
    const waiting = untilOpenable(computer.node(2), refused, 60_000, aborting.signal);
    aborting.abort('mine');
    await expect(waiting).rejects.toBe('mine');
    await vi.waitUntil(() => watchers() === 0);
  });
});

function watchers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
}
