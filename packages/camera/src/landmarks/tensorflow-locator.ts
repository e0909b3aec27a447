import { encodeHex } from '@buergerkoffer/formats';
import type { FaceLocator } from './face-locator.js';
import { DETECTOR_SIDE, EYE_SIDE, MESH_SIDE } from './face-networks.js';
import { networkLocator } from './network-locator.js';
import { tensorFlowNetworks, type LocatorFiles, type TensorFlow } from './tensorflow-networks.js';

/**
 * The networks of @vladmandic/human that are used, BlazeFace's back camera model, Face Mesh and Iris, all three of MediaPipe; the
 * others are not read.
 */
export const MODEL_NAMES = { detector: 'blazeface', mesh: 'facemesh', eye: 'iris' } as const;

/**
 * A locator that runs on TensorFlow.js, ready: the networks ran once, so that the first photo does not wait for them.
 * `InputError('malformed')` when the files are not the networks that are expected.
 */
export async function tensorFlowLocator(tf: TensorFlow, files: LocatorFiles): Promise<FaceLocator> {
  const networks = await tensorFlowNetworks(tf, files);
  await networks.detect(new Float32Array(DETECTOR_SIDE * DETECTOR_SIDE * 3));
  await networks.mesh(new Float32Array(MESH_SIDE * MESH_SIDE * 3));
  await networks.eye(new Float32Array(EYE_SIDE * EYE_SIDE * 3));
  return networkLocator(networks, {
    algorithm: 'BlazeFace (back camera), Face Mesh and Iris on TensorFlow.js',
    version: tf.version,
    modelHash: await hashOf([files.detector, files.mesh, files.eye].map(({ weights }) => weights)),
  });
}

async function hashOf(weights: readonly Uint8Array[]): Promise<string> {
  const all = await new Blob(weights.map((part) => part.slice())).arrayBuffer();
  return encodeHex(new Uint8Array(await crypto.subtle.digest('SHA-256', all)));
}
