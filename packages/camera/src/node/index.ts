export { openFolderCamera } from './folder-camera.js';
export type { FolderCameraOptions } from './folder-camera.js';
export { importPhotos } from './import-photos.js';
export type { ImportedFile, ImportOptions } from './import-photos.js';
