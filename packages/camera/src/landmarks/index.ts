export type {
  FaceBox,
  FaceLocator,
  FacePose,
  LocatedFace,
  LocateOptions,
  LocatorInfo,
} from './face-locator.js';
export type { DetectorOutput, FaceNetworks, MeshOutput } from './face-networks.js';
export { faceOfPoints } from './face-of-points.js';
export { networkLocator } from './network-locator.js';
