export { bytesPerPixel, mediaSizeMm } from './raster-page.js';
export type { RasterCanvas, RasterColor, RasterPage } from './raster-page.js';
export { writePwgRaster } from './write-pwg-raster.js';
export type { RasterSettings } from './write-pwg-raster.js';
