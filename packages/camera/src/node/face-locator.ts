import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { DeviceError, withDeadline } from '@buergerkoffer/core';
import type { FaceLocator } from '../landmarks/face-locator.js';
import { MODEL_NAMES, tensorFlowLocator } from '../landmarks/tensorflow-locator.js';
import type { ModelFiles, TensorFlow } from '../landmarks/tensorflow-networks.js';

const OPEN_MS = 60_000;
const REMEDY =
  'npm install @vladmandic/human@^3.3.6 @tensorflow/tfjs-core@^4.22.0 @tensorflow/tfjs-converter@^4.22.0 ' +
  '@tensorflow/tfjs-backend-wasm@^4.22.0, or place the points by hand';

const require = createRequire(import.meta.url);

/** How long opening may take and what cancels it. */
export interface OpenLocatorOptions {
  readonly signal?: AbortSignal;
  /** Default 60,000. */
  readonly deadlineMs?: number;
}

/**
 * A face locator from the optional packages `@vladmandic/human` (its three network files, none of its code) and TensorFlow.js with
 * WebAssembly. Reads installed files only, never the network.
 *
 * `DeviceError` `unsupported` with the remedy when a package is not installed, `timeout`; `InputError('malformed')` when
 * the network files are not those of version 3.3.
 */
export function openFaceLocator(options: OpenLocatorOptions = {}): Promise<FaceLocator> {
  return withDeadline('loading the face networks', options.deadlineMs ?? OPEN_MS, open, options.signal);
}

async function open(): Promise<FaceLocator> {
  const folder = modelFolder();
  const [tf, detector, mesh, eye] = await Promise.all([
    tensorFlow(),
    modelFiles(folder, MODEL_NAMES.detector),
    modelFiles(folder, MODEL_NAMES.mesh),
    modelFiles(folder, MODEL_NAMES.eye),
  ]);
  return tensorFlowLocator(tf, { detector, mesh, eye });
}

async function tensorFlow(): Promise<TensorFlow> {
  const [core, converter, wasm] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('@tensorflow/tfjs-converter'),
    import('@tensorflow/tfjs-backend-wasm'),
  ]).catch((cause: unknown) => {
    throw missing('TensorFlow.js', cause);
  });
  // The backend is one for the whole process: its path can be set only before its first use.
  if (core.engine().registry['wasm'] === undefined) {
    wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  }
  if (!(await core.setBackend('wasm'))) throw missing('the WebAssembly backend of TensorFlow.js', undefined);
  return { tensor4d: core.tensor4d, loadGraphModel: converter.loadGraphModel, version: core.version_core };
}

/** The folder with the networks: the package exports neither itself nor its files, so that it is looked for by hand. */
function modelFolder(): string {
  const roots = require.resolve.paths('@vladmandic/human') ?? [];
  const folder = roots
    .map((root) => join(root, '@vladmandic', 'human', 'models'))
    .find((candidate) => existsSync(join(candidate, `${MODEL_NAMES.mesh}.json`)));
  if (folder === undefined) throw missing('@vladmandic/human', undefined);
  return folder;
}

async function modelFiles(folder: string, name: string): Promise<ModelFiles> {
  try {
    const [json, weights] = await Promise.all([
      readFile(join(folder, `${name}.json`), 'utf8'),
      readFile(join(folder, `${name}.bin`)),
    ]);
    return { json, weights: new Uint8Array(weights) };
  } catch (cause) {
    throw missing('@vladmandic/human', cause);
  }
}

function missing(what: string, cause: unknown): DeviceError {
  return new DeviceError('unsupported', `${what} is not installed: no face is looked for`, {
    cause,
    remedy: REMEDY,
  });
}
