import { DeviceError, withDeadline } from '@buergerkoffer/core';
import type { RgbImage } from '@buergerkoffer/formats';
import type { FaceLocator, LocatedFace, LocateOptions, LocatorInfo } from './face-locator.js';
import type { FaceNetworks } from './face-networks.js';
import { FaceSearch } from './face-search.js';

const DEADLINE_MS = 30_000;

/** A locator on `networks`, which it owns: {@link FaceLocator.close} disposes them. */
export function networkLocator(networks: FaceNetworks, info: LocatorInfo): FaceLocator {
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  return {
    info,
    locate(image: RgbImage, options: LocateOptions = {}): Promise<readonly LocatedFace[]> {
      if (closing !== undefined) {
        const remedy = 'open another face locator';
        return Promise.reject(new DeviceError('closed', 'the face locator is closed', { remedy }));
      }
      const before = last;
      const search = async (signal: AbortSignal): Promise<readonly LocatedFace[]> => {
        await before;
        return new FaceSearch(networks, image, signal).faces(options);
      };
      return withDeadline(
        'the search for faces',
        options.deadlineMs ?? DEADLINE_MS,
        (signal) => {
          const work = search(signal);
          last = work.catch(() => undefined);
          return work;
        },
        options.signal,
      );
    },
    close(): Promise<void> {
      closing ??= last.then(() => {
        networks.dispose();
      });
      return closing;
    },
  };
}
