export { simulatedCamera } from './simulated-camera.js';
export type { SimulatedCameraOptions } from './simulated-camera.js';
export { drawnPerson } from './drawn-person.js';
export { drawnFacePoints } from './drawn-points.js';
export { portraitPhoto } from './portrait-photo.js';
export { drawPortrait } from '../synthesis/portrait.js';
export type { FacePoints, Point } from '../photo/face-points.js';
export type { DrawnPerson } from '../synthesis/person.js';
