export { openBrowserCamera } from './browser-camera.js';
export type { BrowserCameraOptions } from './browser-camera.js';
export { thisBrowser } from './browser-platform.js';
export type { BrowserPlatform, BrowserStream, Grabbed, PhotoCapabilities } from './browser-platform.js';
