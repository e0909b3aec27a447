/** Side of the detector's input, in pixels. */
export const DETECTOR_SIDE = 256;
/** Side of the mesh's input, in pixels. */
export const MESH_SIDE = 192;
/** Side of the input of the eye's network, in pixels. */
export const EYE_SIDE = 64;
/** Points of a mesh. */
export const MESH_POINTS = 468;
/** Points of the eye's network: 71 around the eye, then 5 of the iris. */
export const EYE_POINTS = 76;

/** Raw answer of the face detector: one row for each of its 896 anchors. */
export interface DetectorOutput {
  /** 896 logits. */
  readonly logits: Float32Array;
  /** 896 x 16: centre x and y, width, height, then x and y of six points, in pixels of the input from the anchor. */
  readonly boxes: Float32Array;
}

/** Raw answer of the mesh. */
export interface MeshOutput {
  /** 468 x 3: x, y, z in pixels of the input; z grows away from the camera. */
  readonly points: Float32Array;
  /** How sure it is that the input holds a face, 0 to 1. */
  readonly presence: number;
}

/** The networks of a face locator, wherever they run. */
export interface FaceNetworks {
  /** `pixels`: 256 x 256 x RGB, -1 to 1. */
  detect(pixels: Float32Array): Promise<DetectorOutput>;
  /** `pixels`: 192 x 192 x RGB, 0 to 1. */
  mesh(pixels: Float32Array): Promise<MeshOutput>;
  /**
   * `pixels`: 64 x 64 x RGB, 0 to 1, of a right eye. 76 x 3: x, y, z in pixels of the input.
   */
  eye(pixels: Float32Array): Promise<Float32Array>;
  /** Frees their memory. */
  dispose(): void;
}
