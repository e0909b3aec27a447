import { encodeHex } from '@buergerkoffer/formats';
import type { FaceLocator } from './face-locator.js';
import { DETECTOR_SIDE, MESH_SIDE } from './face-networks.js';
import { networkLocator } from './network-locator.js';
import { tensorFlowNetworks, type ModelFiles, type TensorFlow } from './tensorflow-networks.js';

/** The two networks of @vladmandic/human that are used, BlazeFace's back camera model and Face Mesh; the others are not read. */
export const MODEL_NAMES = { detector: 'blazeface', mesh: 'facemesh' } as const;

/**
 * A locator that runs on TensorFlow.js, ready: the networks ran once, so that the first photo does not wait for them.
 * `InputError('malformed')` when the files are not the networks that are expected.
 */
export async function tensorFlowLocator(
  tf: TensorFlow,
  files: { readonly detector: ModelFiles; readonly mesh: ModelFiles },
): Promise<FaceLocator> {
  const networks = await tensorFlowNetworks(tf, files);
  await networks.detect(new Float32Array(DETECTOR_SIDE * DETECTOR_SIDE * 3));
  await networks.mesh(new Float32Array(MESH_SIDE * MESH_SIDE * 3));
  return networkLocator(networks, {
    algorithm: 'BlazeFace (back camera) and Face Mesh on TensorFlow.js',
    version: tf.version,
    modelHash: await hashOf(files.detector.weights, files.mesh.weights),
  });
}

async function hashOf(detector: Uint8Array, mesh: Uint8Array): Promise<string> {
  const both = new Uint8Array(detector.length + mesh.length);
  both.set(detector);
  both.set(mesh, detector.length);
  return encodeHex(new Uint8Array(await crypto.subtle.digest('SHA-256', both)));
}
