import { delay } from '@buergerkoffer/core';
import type { RgbImage } from '@buergerkoffer/formats';
import { detectionsIn, shared } from './detections.js';
import type { LocatedFace, LocateOptions } from './face-locator.js';
import { meanMesh, MESH, meshPoint, OVAL, type FaceMesh } from './face-mesh.js';
import { DETECTOR_SIDE, EYE_SIDE, MESH_POINTS, MESH_SIDE, type FaceNetworks } from './face-networks.js';
import { lidsIn, mirrored, windowOfEye, type Eyelids, type Side } from './eyelids.js';
import { fromWindow, sampleWindow, type ImageWindow } from './image-window.js';
import { MARGIN, turnedBox, windowOfDetection, windowOfMesh } from './mesh-window.js';
import { outlineOfMesh, pointsOfMesh, poseOfMesh } from './points-of-mesh.js';
import { searchWindows } from './search-windows.js';

/** The detector calls something a face from this score on; the mesh agrees from this probability on. */
const MIN_SCORE = 0.5;
const MIN_PRESENCE = 0.8;
/**
 * From here on a face is beyond doubt, and no other way of looking is tried. The detector takes a face that stands on its
 * head for an upright one with scores up to 0.8, and an upright one for itself from 0.86 on.
 */
const SURE_SCORE = 0.82;
const SURE_PRESENCE = 0.95;
/** Faces of one window that are looked at: the surest. */
const MAX_FACES = 16;
/** Boxes that share more than this of their union are one face, found twice. */
const SAME_FACE = 0.3;
/** Windows through which the mesh looks once it stands upright and in the middle; the mean of what it sees is the answer. */
const VIEWS = [
  { scale: 1, angle: 0 },
  { scale: 1.04, angle: 0.05 },
  { scale: 0.96, angle: -0.05 },
] as const;
/** Share of the face's size that may lie outside the image before it counts as cut off. */
const EDGE = 0.01;

/** A mesh, how sure the detector was and how sure the mesh is. */
interface Found {
  readonly mesh: FaceMesh;
  readonly score: number;
  readonly presence: number;
}

/** One search on one image; its signal ends it between two steps. */
export class FaceSearch {
  readonly #networks: FaceNetworks;
  readonly #image: RgbImage;
  readonly #signal: AbortSignal;

  constructor(networks: FaceNetworks, image: RgbImage, signal: AbortSignal) {
    this.#networks = networks;
    this.#image = image;
    this.#signal = signal;
  }

  /** The faces, the largest first. */
  async faces({ near, effort = 'fine' }: LocateOptions): Promise<readonly LocatedFace[]> {
    if (near !== undefined) {
      const again = await this.#look(windowOfFace(near), 1);
      if (again.presence >= SURE_PRESENCE) return [await this.#faceOf(again)];
    }
    const found = effort === 'quick' ? await this.#foundUpright() : await this.#foundAnyhow();
    const faces: LocatedFace[] = [];
    for (const candidate of found) {
      faces.push(await this.#faceOf(effort === 'quick' ? candidate : await this.#refined(candidate)));
    }
    return faces.sort((a, b) => area(b) - area(a));
  }

  /** What is found on the whole image as it stands. */
  async #foundUpright(): Promise<readonly Found[]> {
    const [whole = []] = searchWindows(this.#image.width, this.#image.height);
    return this.#foundIn(whole);
  }

  /** The faces of the first way of looking that shows one beyond doubt, else those of the best of the first ways that show any. */
  async #foundAnyhow(): Promise<readonly Found[]> {
    let best: readonly Found[] = [];
    for (const windows of searchWindows(this.#image.width, this.#image.height)) {
      const found = await this.#foundIn(windows);
      const doubted = best.length > 0;
      if (sureness(found) > sureness(best)) best = found;
      if (doubted || best.some(isSure)) break;
    }
    return best;
  }

  /** Every face of the windows once: of two finds of one face the surer stays. */
  async #foundIn(windows: readonly ImageWindow[]): Promise<readonly Found[]> {
    const candidates: Found[] = [];
    for (const window of windows) candidates.push(...(await this.#detected(window)));
    const faces: Found[] = [];
    for (const candidate of candidates.sort((a, b) => sureness([b]) - sureness([a]))) {
      const box = turnedBox(candidate.mesh, 0);
      if (!faces.some(({ mesh }) => shared(box, turnedBox(mesh, 0)) > SAME_FACE)) faces.push(candidate);
    }
    return faces;
  }

  async #detected(window: ImageWindow): Promise<readonly Found[]> {
    await this.#step();
    const pixels = sampleWindow(this.#image, window, DETECTOR_SIDE, { gain: 1 / 127.5, offset: -1 });
    const detections = detectionsIn(await this.#networks.detect(pixels), MIN_SCORE).slice(0, MAX_FACES);
    const found: Found[] = [];
    for (const detection of detections) {
      const first = await this.#look(windowOfDetection(detection, window), detection.score);
      const second = await this.#look(windowOfMesh(first.mesh), detection.score);
      if (second.presence >= MIN_PRESENCE) found.push(second);
    }
    return found;
  }

  async #refined({ mesh, score, presence }: Found): Promise<Found> {
    const upright = windowOfMesh(mesh);
    const views: FaceMesh[] = [];
    for (const { scale, angle } of VIEWS) {
      const window = { ...upright, side: upright.side * scale, angle: upright.angle + angle };
      views.push((await this.#look(window, score)).mesh);
    }
    return { mesh: meanMesh(views), score, presence };
  }

  async #look(window: ImageWindow, score: number): Promise<Found> {
    await this.#step();
    const pixels = sampleWindow(this.#image, window, MESH_SIDE, { gain: 1 / 255, offset: 0 });
    const { points, presence } = await this.#networks.mesh(pixels);
    const scale = window.side / MESH_SIDE;
    const mesh = Array.from({ length: MESH_POINTS }, (_, index) => {
      const [x = 0, y = 0, z = 0] = points.subarray(index * 3, index * 3 + 3);
      return { ...fromWindow(window, MESH_SIDE, x, y), z: z * scale };
    });
    return { mesh, score, presence };
  }

  /** Lets timers and listeners run between two steps, which block. */
  async #step(): Promise<void> {
    await delay(0, this.#signal);
  }

  async #faceOf({ mesh, score, presence }: Found): Promise<LocatedFace> {
    const { centre, width, height } = turnedBox(mesh, 0);
    return {
      box: { x: centre.x - width / 2, y: centre.y - height / 2, width, height },
      confidence: score * presence,
      points: pointsOfMesh(mesh, await this.#lids(mesh)),
      outline: outlineOfMesh(mesh),
      pose: poseOfMesh(mesh),
      cutOff: this.#isCutOff(mesh),
    };
  }

  async #lids(mesh: FaceMesh): Promise<Eyelids> {
    const right = await this.#lidsOf(mesh, 'right');
    const left = await this.#lidsOf(mesh, 'left');
    return {
      ...{ rightUpperLid: right.upper, rightLowerLid: right.lower },
      ...{ leftUpperLid: left.upper, leftLowerLid: left.lower },
    };
  }

  async #lidsOf(mesh: FaceMesh, side: Side): Promise<ReturnType<typeof lidsIn>> {
    await this.#step();
    const window = windowOfEye(mesh, side);
    const pixels = sampleWindow(this.#image, window, EYE_SIDE, { gain: 1 / 255, offset: 0 });
    const seen = await this.#networks.eye(side === 'left' ? mirrored(pixels, EYE_SIDE) : pixels);
    return lidsIn(seen, window, side);
  }

  #isCutOff(mesh: FaceMesh): boolean {
    const { width, height } = this.#image;
    const forehead = meshPoint(mesh, MESH.forehead);
    const chin = meshPoint(mesh, MESH.chin);
    const slack = Math.hypot(forehead.x - chin.x, forehead.y - chin.y) * EDGE;
    return OVAL.some((index) => {
      const { x, y } = meshPoint(mesh, index);
      return x < -slack || y < -slack || x > width + slack || y > height + slack;
    });
  }
}

/** Where the mesh should look for a face that was there a moment ago. */
function windowOfFace({ box, pose }: LocatedFace): ImageWindow {
  return {
    centre: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    side: Math.max(box.width, box.height) * MARGIN,
    angle: (pose.rollDeg * Math.PI) / 180,
  };
}

function isSure({ score, presence }: Found): boolean {
  return score >= SURE_SCORE && presence >= SURE_PRESENCE;
}

function sureness(found: readonly Found[]): number {
  return Math.max(0, ...found.map(({ score, presence }) => score * presence));
}

function area({ box }: LocatedFace): number {
  return box.width * box.height;
}
