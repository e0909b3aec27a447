import type { GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import type { io, tensor4d, Tensor } from '@tensorflow/tfjs-core';
import { InputError } from '@buergerkoffer/formats';
import {
  DETECTOR_SIDE,
  EYE_POINTS,
  EYE_SIDE,
  MESH_POINTS,
  MESH_SIDE,
  type DetectorOutput,
  type FaceNetworks,
  type MeshOutput,
} from './face-networks.js';

/** One network as TensorFlow.js stores it. */
export interface ModelFiles {
  /** Text of the JSON with topology and list of weights. */
  readonly json: string;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** The files of the networks of a locator. */
export interface LocatorFiles {
  readonly detector: ModelFiles;
  readonly mesh: ModelFiles;
  readonly eye: ModelFiles;
}

/** What is used of TensorFlow.js; the caller has chosen a backend and waited for it. */
export interface TensorFlow {
  readonly tensor4d: typeof tensor4d;
  readonly loadGraphModel: typeof loadGraphModel;
  /** Version of its core. */
  readonly version: string;
}

/** Shape of the stored JSON, as far as it is read here. */
interface StoredModel {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly weights: io.WeightsManifestEntry[] }[];
}

/**
 * BlazeFace (back camera), Face Mesh and Iris in TensorFlow.js. `InputError('malformed')` when the files are not those
 * networks.
 */
export async function tensorFlowNetworks(tf: TensorFlow, files: LocatorFiles): Promise<FaceNetworks> {
  const detector = await load(tf, files.detector);
  const mesh = await load(tf, files.mesh);
  const eye = await load(tf, files.eye);
  return {
    async detect(pixels: Float32Array): Promise<DetectorOutput> {
      const parts = await run(tf, detector, pixels, DETECTOR_SIDE);
      return {
        logits: joined(part(parts, 512), part(parts, 384)),
        boxes: joined(part(parts, 512 * 16), part(parts, 384 * 16)),
      };
    },
    async mesh(pixels: Float32Array): Promise<MeshOutput> {
      const parts = await run(tf, mesh, pixels, MESH_SIDE);
      return { points: part(parts, MESH_POINTS * 3), presence: part(parts, 1)[0] ?? 0 };
    },
    async eye(pixels: Float32Array): Promise<Float32Array> {
      return part(await run(tf, eye, pixels, EYE_SIDE), EYE_POINTS * 3);
    },
    dispose(): void {
      detector.dispose();
      mesh.dispose();
      eye.dispose();
    },
  };
}

async function load(tf: TensorFlow, files: ModelFiles): Promise<GraphModel> {
  try {
    const stored = JSON.parse(files.json) as StoredModel;
    const artifacts: io.ModelArtifacts = {
      modelTopology: stored.modelTopology,
      weightSpecs: stored.weightsManifest.flatMap(({ weights }) => weights),
      weightData: files.weights.slice().buffer,
    };
    return await tf.loadGraphModel({ load: () => Promise.resolve(artifacts) });
  } catch (cause) {
    throw new InputError('malformed', 'a face network cannot be loaded', {
      cause,
      remedy: 'install @vladmandic/human 3.3 again',
    });
  }
}

async function run(
  tf: TensorFlow,
  model: GraphModel,
  pixels: Float32Array,
  side: number,
): Promise<readonly Float32Array[]> {
  const input = tf.tensor4d(pixels, [1, side, side, 3]);
  let outputs: readonly Tensor[] = [];
  try {
    const answer = model.execute(input);
    outputs = Array.isArray(answer) ? answer : [answer];
    return await Promise.all(outputs.map((output) => output.data<'float32'>()));
  } finally {
    input.dispose();
    for (const output of outputs) output.dispose();
  }
}

/** The one output with so many values: their order is not the same in all versions of the converter. */
function part(parts: readonly Float32Array[], length: number): Float32Array {
  const found = parts.find((candidate) => candidate.length === length);
  if (found === undefined)
    throw new InputError('malformed', `a face network has no output of ${length} values`, {
      remedy: 'install @vladmandic/human 3.3 again',
    });
  return found;
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
