import { DeviceManager } from '@buergerkoffer/core';
import { Bench } from '@buergerkoffer/device-lab';
import { FINGERPRINT_SCANNER, LIVE_STATUS_TEXT } from '@buergerkoffer/fingerprint';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import { firstValueFrom } from 'rxjs';

const devices = new DeviceManager([new Bench([simulatedFingerprintScanner({ seed: 1 })])]);
const [scanner] = await firstValueFrom(devices.of(FINGERPRINT_SCANNER));
if (scanner === undefined) throw new Error('no scanner is attached');
const lease = await devices.open(scanner, { owner: 'Antrag', reason: 'Zeigefinger aufnehmen' });
await lease.device.capture({ finger: 'right-index' }).forEach((event) => {
  if (event.type === 'guidance') console.log(LIVE_STATUS_TEXT[event.status]);
  if (event.type === 'captured') console.log(`${event.image.width} × ${event.image.height} px`);
});
await lease.release();
