import { partOf } from '../card-operations.js';
import { STORAGE } from '../card.js';
import { RESPONSE } from '../codes.js';
import { Dataset } from '../dataset.js';
import type { Operation, PtpAnswer } from '../operation.js';
import { SET_RESPONSE } from '../property-operations.js';
import { EOS_OPERATION, EOS_PROPERTY, EOS_RECORD, EOS_TEXT } from './codes.js';
import type { EosState } from './eos-state.js';
import { textRecord } from './records.js';

/** Bytes that a picture is thought to take on the host's disk. */
const PICTURE_BYTES = 4 * 2 ** 20;
/** Bits of the button that RemoteReleaseOn presses: half, and full. */
const FULL_PRESS = 2;
/** What RemoteRelease answers. */
const RELEASED = { ok: 0, noMemory: 7 } as const;

/** Modes, records, shutter and transfer of an EOS. */
export function eosOperations(eos: EosState): readonly (readonly [number, Operation])[] {
  return [
    ...modeOperations(eos),
    ...recordOperations(eos),
    ...shutterOperations(eos),
    ...transferOperations(eos),
  ];
}

function modeOperations(eos: EosState): readonly (readonly [number, Operation])[] {
  const lock = (locked: boolean): PtpAnswer => {
    eos.shutterLocked = locked;
    return {};
  };
  return [
    [
      EOS_OPERATION.setRemoteMode,
      {
        parameters: [1, 1],
        answer: ({ parameters: [mode] }) => {
          eos.remote = mode !== 0;
          eos.countShots();
          return {};
        },
      },
    ],
    [
      EOS_OPERATION.setEventMode,
      {
        parameters: [1, 1],
        answer: ({ parameters: [mode] }) => {
          eos.tellRecords(mode !== 0);
          return {};
        },
      },
    ],
    [EOS_OPERATION.setUiLock, { parameters: [0, 0], answer: () => lock(true) }],
    [EOS_OPERATION.resetUiLock, { parameters: [0, 0], answer: () => lock(false) }],
    [EOS_OPERATION.keepDeviceOn, { parameters: [0, 0], answer: () => ({}) }],
    [EOS_OPERATION.getDeviceInfoEx, { parameters: [0, 0], answer: () => ({ data: deviceInfoEx(eos) }) }],
  ];
}

function recordOperations(eos: EosState): readonly (readonly [number, Operation])[] {
  const texts = new Map<number, string>([
    [EOS_TEXT.owner, ''],
    [EOS_TEXT.artist, ''],
    [EOS_TEXT.copyright, ''],
    [EOS_TEXT.serialNumber, eos.body.parts.serialNumber],
  ]);
  return [
    [EOS_OPERATION.getEvent, { parameters: [0, 0], answer: () => ({ data: eos.takeRecords() }) }],
    [
      EOS_OPERATION.requestDevicePropValue,
      {
        parameters: [1, 1],
        answer: ({ parameters: [code] }) => {
          const text = texts.get(code);
          if (text !== undefined) eos.record(textRecord(code, text));
          else if (!eos.properties.tell(code)) return { code: RESPONSE.devicePropNotSupported };
          return {};
        },
      },
    ],
    [
      EOS_OPERATION.setDevicePropValueEx,
      {
        parameters: [0, 0],
        takesData: true,
        answer: ({ data }) => {
          const { code, result } = eos.properties.set(data);
          if (code === EOS_PROPERTY.captureDestination) eos.countShots();
          return { code: SET_RESPONSE[result] };
        },
      },
    ],
  ];
}

function shutterOperations(eos: EosState): readonly (readonly [number, Operation])[] {
  const press = (transaction: number): number => {
    if (!eos.remote) return RESPONSE.accessDenied;
    if (eos.body.exposing) return RESPONSE.deviceBusy;
    if (eos.properties.value(EOS_PROPERTY.availableShots) === 0) return RESPONSE.storeFull;
    eos.body.expose(eos.destination, transaction);
    return RESPONSE.ok;
  };
  return [
    [
      EOS_OPERATION.remoteReleaseOn,
      {
        parameters: [1, 2],
        answer: ({ parameters: [button], transaction }) => {
          if (button < 1 || button > 3) return { code: RESPONSE.invalidParameter };
          return (button & FULL_PRESS) === 0 ? {} : { code: press(transaction) };
        },
      },
    ],
    [EOS_OPERATION.remoteReleaseOff, { parameters: [1, 1], answer: () => ({}) }],
    [
      EOS_OPERATION.remoteRelease,
      {
        parameters: [0, 0],
        answer: ({ transaction }) => {
          const code = press(transaction);
          if (code === RESPONSE.storeFull) return { parameters: [RELEASED.noMemory] };
          return code === RESPONSE.ok ? { parameters: [RELEASED.ok] } : { code };
        },
      },
    ],
    [
      EOS_OPERATION.pcHddCapacity,
      {
        parameters: [2, 3],
        answer: ({ parameters: [clusters, bytesEach] }) => {
          eos.hostRoom = Math.min(Math.floor((clusters * bytesEach) / PICTURE_BYTES), 0xffff_ffff);
          eos.countShots();
          return {};
        },
      },
    ],
  ];
}

function transferOperations(eos: EosState): readonly (readonly [number, Operation])[] {
  const { card } = eos.body;
  const letGo = (handle: number): PtpAnswer => {
    if (card.object(handle)?.storage !== 0) return { code: RESPONSE.invalidObjectHandle };
    card.remove(handle);
    return {};
  };
  return [
    [
      EOS_OPERATION.getPartialObject,
      {
        parameters: [3, 3],
        answer: ({ parameters: [handle, offset, most] }) => {
          const object = card.object(handle);
          return object === undefined
            ? { code: RESPONSE.invalidObjectHandle }
            : partOf(object.bytes, offset, most);
        },
      },
    ],
    [
      EOS_OPERATION.transferComplete,
      { parameters: [1, 1], answer: ({ parameters: [handle] }) => letGo(handle) },
    ],
    [
      EOS_OPERATION.cancelTransfer,
      { parameters: [1, 1], answer: ({ parameters: [handle] }) => letGo(handle) },
    ],
    [
      EOS_OPERATION.resetTransfer,
      {
        parameters: [1, 1],
        answer: ({ parameters: [handle] }) =>
          eos.askForTransfer(handle) ? {} : { code: RESPONSE.invalidObjectHandle },
      },
    ],
    [
      EOS_OPERATION.getStorageIds,
      { parameters: [0, 0], answer: () => ({ data: new Dataset().u32s([STORAGE]).done() }) },
    ],
    [
      EOS_OPERATION.getStorageInfo,
      {
        parameters: [1, 1],
        answer: ({ parameters: [storage] }) =>
          storage === STORAGE ? { data: storageInfo(eos) } : { code: RESPONSE.invalidStorageId },
      },
    ],
  ];
}

/** Its own size, then lists of 32-bit numbers: types of records, properties, and a third as an EOS 60D tells it. */
function deviceInfoEx({ properties }: EosState): Uint8Array {
  const lists = new Dataset()
    .u32s(Object.values(EOS_RECORD))
    .u32s([...properties.codes, ...Object.values(EOS_TEXT)])
    .u32s([0, 1, 2, 4])
    .done();
  return new Dataset()
    .u32(4 + lists.length)
    .bytes(lists)
    .done();
}

/** Sizes in KiB, unlike those of StorageInfo. */
function storageInfo({ body: { card } }: EosState): Uint8Array {
  const kibibytes = PICTURE_BYTES / 1024;
  return new Dataset()
    .u16(4, 3)
    .u32(0)
    .u64(card.capacity * kibibytes)
    .u64(card.free * kibibytes)
    .u32(0xffff_ffff)
    .text('SD')
    .text('')
    .done();
}
