/// <reference types="w3c-web-hid" />
/// <reference types="w3c-web-serial" />
/// <reference types="w3c-web-usb" />
import { expectTypeOf, it } from 'vitest';
import type { WebHid, WebSerial, WebUsb } from '@buergerkoffer/core/web';

// The compiler is the test: `npm run typecheck` fails when the objects of a browser do not fit any more.
it("takes the browser's own objects without a cast", () => {
  expectTypeOf<USB>().toExtend<WebUsb>();
  expectTypeOf<HID>().toExtend<WebHid>();
  expectTypeOf<Serial>().toExtend<WebSerial>();
});
