export { openBrowserCamera } from './browser-camera.js';
export type { BrowserCameraOptions } from './browser-camera.js';
export { thisBrowser } from './browser-platform.js';
export type { BrowserPlatform, BrowserStream, Grabbed } from './browser-platform.js';
export type { PhotoCapabilities } from './page.js';
