import { virtualCamera } from '@buergerkoffer/device-lab';
import { attachPtpIp } from '@buergerkoffer/device-lab/node';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9); // yours: what the camera sees
const camera = virtualCamera({ dialect: 'canon', photograph: () => jpeg, preview: () => jpeg });
await using attached = await attachPtpIp(camera, { port: 0 });
camera.plan({ operation: 0x9128, times: 3, fault: { type: 'refuse', code: 0x2019 } }); // thrice busy
camera.pressShutter(); // somebody takes a picture by hand
console.log(`gphoto2 --port ptpip:127.0.0.1:${attached.port}:${attached.port} --get-all-files`);
