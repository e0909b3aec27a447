import { DeviceError, withDeadline } from '@buergerkoffer/core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { engine, setBackend, tensor4d, version_core } from '@tensorflow/tfjs-core';
import type { FaceLocator } from '../landmarks/face-locator.js';
import { MODEL_NAMES, tensorFlowLocator } from '../landmarks/tensorflow-locator.js';
import type { ModelFiles } from '../landmarks/tensorflow-networks.js';

const OPEN_MS = 60_000;

/** Where the app serves the files of the optional packages, and how long loading may take. */
export interface OpenWebLocatorOptions {
  /** Address of the folder `models` of `@vladmandic/human` with blazeface, facemesh and iris, `.json` and `.bin`. */
  readonly models: URL;
  /** Address of the folder `dist` of `@tensorflow/tfjs-backend-wasm` with its three `.wasm` files. */
  readonly wasm: URL;
  readonly signal?: AbortSignal;
  /** Default 60,000. */
  readonly deadlineMs?: number;
}

/**
 * A face locator in a browser or worker, from files that the app itself serves: no other server is asked.
 *
 * `DeviceError` `not-found` when a file is not served, `unsupported` without WebAssembly, `timeout`;
 * `InputError('malformed')` when the network files are not those of version 3.3.
 */
export function openFaceLocator(options: OpenWebLocatorOptions): Promise<FaceLocator> {
  return withDeadline(
    'loading the face networks',
    options.deadlineMs ?? OPEN_MS,
    (signal) => open(options, signal),
    options.signal,
  );
}

async function open(options: OpenWebLocatorOptions, signal: AbortSignal): Promise<FaceLocator> {
  if (engine().registry['wasm'] === undefined) setWasmPaths(folderOf(options.wasm));
  const [started, detector, mesh, eye] = await Promise.all([
    setBackend('wasm'),
    modelFiles(options.models, MODEL_NAMES.detector, signal),
    modelFiles(options.models, MODEL_NAMES.mesh, signal),
    modelFiles(options.models, MODEL_NAMES.eye, signal),
  ]);
  if (!started) throw new DeviceError('unsupported', 'TensorFlow.js cannot start its WebAssembly backend');
  return tensorFlowLocator({ tensor4d, loadGraphModel, version: version_core }, { detector, mesh, eye });
}

async function modelFiles(models: URL, name: string, signal: AbortSignal): Promise<ModelFiles> {
  const [json, weights] = await Promise.all([
    fetched(new URL(`${name}.json`, folderOf(models)), signal).then((response) => response.text()),
    fetched(new URL(`${name}.bin`, folderOf(models)), signal).then((response) => response.arrayBuffer()),
  ]);
  return { json, weights: new Uint8Array(weights) };
}

async function fetched(address: URL, signal: AbortSignal): Promise<Response> {
  const response = await fetch(address, { signal });
  if (response.ok) return response;
  throw new DeviceError('not-found', `${address.pathname} is not served: status ${response.status}`, {
    remedy: 'serve the folder models of @vladmandic/human beside the app',
  });
}

function folderOf(address: URL): string {
  return address.href.endsWith('/') ? address.href : `${address.href}/`;
}
