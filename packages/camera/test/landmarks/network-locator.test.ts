import { rgbImage } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { networkLocator, type FaceNetworks } from '../../src/landmarks/index.js';

const INFO = { algorithm: 'none', version: '0', modelHash: '' };
const IMAGE = rgbImage({ width: 60, height: 80 });

/** Networks that see nothing, and count how often they were asked. */
function blind(
  before: () => Promise<void> = () => Promise.resolve(),
): FaceNetworks & { asked: number; disposed: number } {
  const networks = {
    asked: 0,
    disposed: 0,
    async detect() {
      networks.asked++;
      await before();
      return { logits: new Float32Array(896).fill(-20), boxes: new Float32Array(896 * 16) };
    },
    mesh: () => Promise.reject(new Error('no face was detected')),
    eye: () => Promise.reject(new Error('no face was detected')),
    dispose() {
      networks.disposed++;
    },
  };
  return networks;
}

describe('a search for faces', () => {
  it('that finds none tried every way of looking, and answers with no face', async () => {
    const networks = blind();
    expect(await networkLocator(networks, INFO).locate(IMAGE)).toEqual([]);
    expect(networks.asked).toBe(10);
  });

  it('for a live view looks once', async () => {
    const networks = blind();
    expect(await networkLocator(networks, INFO).locate(IMAGE, { effort: 'quick' })).toEqual([]);
    expect(networks.asked).toBe(1);
  });

  it('ends with the reason of its signal', async () => {
    const networks = blind();
    const abort = new AbortController();
    const search = networkLocator(networks, INFO).locate(IMAGE, { signal: abort.signal });
    abort.abort('enough');
    await expect(search).rejects.toBe('enough');
  });

  it('ends at its deadline, and no later search waits for a network that hangs longer than its own', async () => {
    const locator = networkLocator(
      blind(() => new Promise(() => undefined)),
      INFO,
    );
    await expect(locator.locate(IMAGE, { deadlineMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
    await expect(locator.locate(IMAGE, { deadlineMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('waits for the one before it', async () => {
    let running = 0;
    let most = 0;
    const networks = blind(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
    });
    const locator = networkLocator(networks, INFO);
    await Promise.all([locator.locate(IMAGE), locator.locate(IMAGE), locator.locate(IMAGE)]);
    expect(most).toBe(1);
  });

  it('is refused once the locator is closed; closing twice frees the networks once, after the search that runs', async () => {
    const networks = blind();
    const locator = networkLocator(networks, INFO);
    const search = locator.locate(IMAGE);
    const closing = Promise.all([locator.close(), locator.close()]);
    await expect(locator.locate(IMAGE)).rejects.toMatchObject({ kind: 'device', code: 'closed' });
    expect(await search).toEqual([]);
    await closing;
    expect(networks.disposed).toBe(1);
  });
});
