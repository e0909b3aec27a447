// #region imports
import { DeviceError, DeviceLife } from '@buergerkoffer/core';
import { serveDevices } from '@buergerkoffer/core/node';
import { checkedCaptureRequest, FINGERPRINT_SCANNER } from '@buergerkoffer/fingerprint';
import { concat, distinctUntilChanged, filter, map, of, take, throwError, timeout, timer } from 'rxjs';
import * as sdk from './acme-sdk.mjs'; // the maker's library: only this process loads it
// #endregion

// #region device
/** One scanner, as the kind promises it, on the blocking calls of the library. */
function openScanner(serial) {
  const handle = sdk.open(serial);
  const life = new DeviceLife(async () => {
    sdk.close(handle);
  });
  return {
    info: infoOf(serial),
    capabilities: {
      widthPx: 256,
      heightPx: 360,
      resolutionPpi: 500,
      impression: 'plain',
      simultaneousFingers: 1,
      preview: false,
    },
    ended: life.ended,
    close: () => life.close(),
    capture: (request) =>
      life.gate.stream('capture', () => {
        const { finger, patienceMs } = checkedCaptureRequest(request);
        const captured = timer(0, 20).pipe(
          map(() => sdk.look(handle)),
          filter((image) => image !== undefined),
          take(1),
          map(({ width, height, pixels }) => ({
            type: 'captured',
            finger,
            image: { width, height, data: pixels, resolutionPpi: 500 },
            quality: 'not-assessed',
          })),
          timeout({
            first: patienceMs,
            with: () => throwError(() => new DeviceError('timeout', 'no finger within the time allowed')),
          }),
        );
        return concat(of({ type: 'waiting', finger }), captured);
      }),
  };
}

function infoOf(serialNumber) {
  return { maker: 'Acme', model: 'FS-2', serialNumber, simulated: false };
}
// #endregion

// #region serve
await serveDevices({
  id: 'acme',
  offers: timer(0, 1_000).pipe(
    map(() => sdk.list()),
    distinctUntilChanged((before, now) => before.join() === now.join()),
    map((serials) =>
      serials.map((serial) => ({
        id: serial,
        kind: FINGERPRINT_SCANNER,
        info: infoOf(serial),
        physical: `acme:${serial}`,
        ports: [],
        driver: 'acme-sdk',
        open: async () => openScanner(serial),
      })),
    ),
  ),
  diagnostics: of([]),
});
// #endregion
