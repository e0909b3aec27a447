import type { CameraBody } from './camera-body.js';
import { STORAGE, type CameraObject } from './card.js';
import { ALL, FORMAT, OPERATION, RESPONSE } from './codes.js';
import { Dataset } from './dataset.js';
import type { Operation, PtpAnswer } from './operation.js';

/** Bytes that a picture is thought to take, for the free space that is told. */
const PICTURE_BYTES = 4 * 2 ** 20;
const GENERIC_FOLDER = 1;

/** What every camera answers about its card: storages, objects, their bytes. */
export function cardOperations(body: CameraBody): readonly (readonly [number, Operation])[] {
  const { card } = body;
  const listed = (storage: number, format: number, parent: number): PtpAnswer | readonly CameraObject[] => {
    if (storage !== ALL && storage !== STORAGE) return { code: RESPONSE.invalidStorageId };
    if (parent !== 0 && parent !== ALL) {
      const folder = card.object(parent);
      if (folder === undefined) return { code: RESPONSE.invalidObjectHandle };
      if (folder.format !== FORMAT.folder) return { code: RESPONSE.invalidParentObject };
    }
    return card.objects.filter(
      (object) => inside(object, parent) && (format === 0 || matches(object, format)),
    );
  };
  const of = (handle: number, answer: (object: CameraObject) => PtpAnswer): PtpAnswer => {
    const object = card.object(handle);
    return object === undefined ? { code: RESPONSE.invalidObjectHandle } : answer(object);
  };
  return [
    [
      OPERATION.getStorageIds,
      { parameters: [0, 0], answer: () => ({ data: new Dataset().u32s([STORAGE]).done() }) },
    ],
    [
      OPERATION.getStorageInfo,
      {
        parameters: [1, 1],
        answer: ({ parameters: [storage] }) =>
          storage === STORAGE ? { data: storageInfo(body) } : { code: RESPONSE.invalidStorageId },
      },
    ],
    [
      OPERATION.getNumObjects,
      {
        parameters: [1, 3],
        answer: ({ parameters: [storage, format, parent] }) => {
          const objects = listed(storage, format, parent);
          return 'length' in objects ? { parameters: [objects.length] } : objects;
        },
      },
    ],
    [
      OPERATION.getObjectHandles,
      {
        parameters: [1, 3],
        answer: ({ parameters: [storage, format, parent] }) => {
          const objects = listed(storage, format, parent);
          if (!('length' in objects)) return objects;
          return { data: new Dataset().u32s(objects.map(({ handle }) => handle)).done() };
        },
      },
    ],
    [
      OPERATION.getObjectInfo,
      {
        parameters: [1, 1],
        answer: ({ parameters: [handle] }) => of(handle, (object) => ({ data: objectInfo(object) })),
      },
    ],
    [
      OPERATION.getObject,
      {
        parameters: [1, 1],
        answer: ({ parameters: [handle] }) =>
          of(handle, ({ format, bytes }) =>
            format === FORMAT.folder ? { code: RESPONSE.invalidObjectHandle } : { data: bytes },
          ),
      },
    ],
    [
      OPERATION.getThumb,
      {
        parameters: [1, 1],
        answer: ({ parameters: [handle] }) =>
          of(handle, ({ thumbnail }) =>
            thumbnail === undefined ? { code: RESPONSE.noThumbnailPresent } : { data: thumbnail },
          ),
      },
    ],
    [
      OPERATION.getPartialObject,
      {
        parameters: [3, 3],
        answer: ({ parameters: [handle, offset, most] }) =>
          of(handle, ({ bytes }) => partOf(bytes, offset, most)),
      },
    ],
    [
      OPERATION.deleteObject,
      {
        parameters: [1, 2],
        answer: ({ parameters: [handle, format] }) => {
          if (format !== 0 && handle !== ALL) return { code: RESPONSE.invalidObjectFormatCode };
          const gone = handle === ALL ? card.objects.map((one) => one.handle) : [handle];
          if (handle !== ALL && card.object(handle) === undefined) {
            return { code: RESPONSE.invalidObjectHandle };
          }
          for (const one of gone) card.remove(one);
          return {};
        },
      },
    ],
  ];
}

/** At most `most` bytes from `offset` on, and how many they are; nothing behind the end. */
export function partOf(bytes: Uint8Array, offset: number, most: number): PtpAnswer {
  if (offset > bytes.length) return { code: RESPONSE.invalidParameter };
  const data = bytes.subarray(offset, offset + most);
  return { data, parameters: [data.length] };
}

function inside({ parent }: CameraObject, folder: number): boolean {
  if (folder === 0) return true;
  return parent === (folder === ALL ? 0 : folder);
}

/** `ALL` formats are those of images. */
function matches({ format }: CameraObject, wanted: number): boolean {
  return wanted === ALL ? format !== FORMAT.folder : format === wanted;
}

/** Removable RAM in DCF's layout, to be read and written (ISO 15740, StorageInfo). */
function storageInfo({ card }: CameraBody): Uint8Array {
  return new Dataset()
    .u16(4, 3, 0)
    .u64(card.capacity * PICTURE_BYTES)
    .u64(card.free * PICTURE_BYTES)
    .u32(Math.min(card.free, ALL - 1))
    .text('card')
    .text('LAB')
    .done();
}

function objectInfo(object: CameraObject): Uint8Array {
  const { storage, parent, format, name, taken, bytes, width, height, thumbnail } = object;
  const folder = format === FORMAT.folder;
  return new Dataset()
    .u32(storage)
    .u16(format, 0)
    .u32(bytes.length)
    .u16(thumbnail === undefined ? 0 : FORMAT.jpeg)
    .u32(thumbnail?.length ?? 0, 0, 0)
    .u32(width, height, folder ? 0 : 24, parent)
    .u16(folder ? GENERIC_FOLDER : 0)
    .u32(0, 0)
    .text(name)
    .text(taken)
    .text(taken)
    .text('')
    .done();
}
