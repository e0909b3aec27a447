import { readJpegInfo, InputError } from '@buergerkoffer/formats';
import { FORMAT } from './codes.js';

/** A folder or a picture that a host can ask for. */
export interface CameraObject {
  readonly handle: number;
  /** The card's storage, 0 for what is in memory only. */
  readonly storage: number;
  /** Handle of the folder that holds it, 0 for the root. */
  readonly parent: number;
  readonly format: number;
  readonly name: string;
  /** `YYYYMMDDThhmmss`. */
  readonly taken: string;
  /** Empty for a folder. */
  readonly bytes: Uint8Array;
  /** In pixels; 0 for a folder, and for what is no JPEG. */
  readonly width: number;
  readonly height: number;
  readonly thumbnail: Uint8Array | undefined;
}

/** A picture that was taken, before it has a place. */
export interface Exposure {
  readonly bytes: Uint8Array;
  readonly thumbnail: Uint8Array | undefined;
  readonly taken: string;
}

/** The one storage that the camera has. */
export const STORAGE = 0x0001_0001;
/** First number of a folder (DCF, JEITA CP-3461: 100 to 999). */
const FIRST_FOLDER = 100;
/** Highest number of a file (DCF). */
const LAST_FILE = 9999;

/**
 * A memory card with its folders as DCF names them (`DCIM/100LAB__/LAB_0001.JPG`), and the camera's own memory, in
 * which pictures wait that go to the host only.
 */
export class Card {
  readonly #capacity: number;
  readonly #perFolder: number;
  readonly #objects = new Map<number, CameraObject>();
  #lastHandle = 0;
  #folder = 0;
  #folderNumber = FIRST_FOLDER - 1;
  #inFolder = 0;
  #lastFile = 0;

  /** `capacity`: how many pictures it holds; `perFolder`: after how many a new folder begins. */
  constructor(capacity: number, perFolder: number) {
    this.#capacity = capacity;
    this.#perFolder = perFolder;
  }

  /** Everything on the card, folders before what is in them. */
  get objects(): readonly CameraObject[] {
    return [...this.#objects.values()].filter(({ storage }) => storage !== 0);
  }

  /** Pictures that still fit. */
  get free(): number {
    return Math.max(0, this.#capacity - this.objects.filter(({ format }) => format === FORMAT.jpeg).length);
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** An object on the card or in memory. */
  object(handle: number): CameraObject | undefined {
    return this.#objects.get(handle);
  }

  /** Puts a picture on the card; folders that begin with it come first. Undefined when the card is full. */
  save(exposure: Exposure): readonly CameraObject[] | undefined {
    if (this.free === 0) return undefined;
    const folders = this.#foldersFor(exposure.taken);
    this.#inFolder += 1;
    return [...folders, this.#picture(exposure, STORAGE, this.#folder)];
  }

  /** Keeps a picture in memory, for the host. */
  hold(exposure: Exposure): CameraObject {
    return this.#picture(exposure, 0, 0);
  }

  /** Removes an object, a folder with all that is in it; what was removed. */
  remove(handle: number): readonly CameraObject[] {
    const object = this.#objects.get(handle);
    if (object === undefined) return [];
    this.#objects.delete(handle);
    const inside = [...this.#objects.values()].filter(({ parent }) => parent === handle);
    return [object, ...inside.flatMap((one) => this.remove(one.handle))];
  }

  /** Nobody fetches what is in memory any more. */
  forget(): void {
    for (const { handle, storage } of this.#objects.values()) if (storage === 0) this.#objects.delete(handle);
  }

  #foldersFor(taken: string): readonly CameraObject[] {
    const fits = this.#objects.has(this.#folder) && this.#inFolder < this.#perFolder;
    if (fits) return [];
    const root = this.objects.find(({ parent, name }) => parent === 0 && name === 'DCIM');
    const dcim = root ?? this.#add(folderOf('DCIM', 0, taken));
    this.#folderNumber += 1;
    this.#inFolder = 0;
    const folder = this.#add(folderOf(`${this.#folderNumber}LAB__`, dcim.handle, taken));
    this.#folder = folder.handle;
    return root === undefined ? [dcim, folder] : [folder];
  }

  #picture({ bytes, thumbnail, taken }: Exposure, storage: number, parent: number): CameraObject {
    this.#lastFile = (this.#lastFile % LAST_FILE) + 1;
    const name = `LAB_${String(this.#lastFile).padStart(4, '0')}.JPG`;
    const size = pixels(bytes);
    return this.#add({ storage, parent, format: FORMAT.jpeg, name, taken, bytes, thumbnail, ...size });
  }

  #add(object: Omit<CameraObject, 'handle'>): CameraObject {
    this.#lastHandle += 1;
    const added = { ...object, handle: this.#lastHandle };
    this.#objects.set(added.handle, added);
    return added;
  }
}

function folderOf(name: string, parent: number, taken: string): Omit<CameraObject, 'handle'> {
  return {
    storage: STORAGE,
    parent,
    format: FORMAT.folder,
    name,
    taken,
    bytes: new Uint8Array(0),
    width: 0,
    height: 0,
    thumbnail: undefined,
  };
}

function pixels(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  try {
    const { width, height } = readJpegInfo(bytes);
    return { width, height };
  } catch (error) {
    if (error instanceof InputError) return { width: 0, height: 0 };
    throw error;
  }
}
