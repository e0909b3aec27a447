import type { CameraBody, CameraNews, Destination } from '../camera-body.js';
import { cardOperations } from '../card-operations.js';
import { STORAGE } from '../card.js';
import { EVENT, NO_TRANSACTION } from '../codes.js';
import type { Dialect, DialectSession } from '../dialect.js';
import type { Operations, PtpEvent } from '../operation.js';
import { propertyOperations } from '../property-operations.js';
import { EOS_PROPERTY, REQUEST_GET_EVENT } from './codes.js';
import { eosOperations } from './eos-operations.js';
import { CAPTURE_DESTINATION, EosProperties, firstEosValues, type EosValues } from './eos-properties.js';
import { addedRecord, NO_MORE_RECORDS, transferRecord } from './records.js';
import { viewfinderOperations } from './viewfinder.js';

/** Records that wait for a host that does not poll, at most. */
const MOST_RECORDS = 4096;

/**
 * A camera that speaks Canon's EOS extension: a host switches it to remote, polls it for records, and fetches pictures
 * from its memory when it has made itself their destination. InitiateCapture is not part of it.
 */
export const CANON: Dialect = {
  maker: 'Lab',
  model: 'Lab EOS camera',
  extension: { id: 0xb, version: 100, words: '' },
  events: [EVENT.storeFull, REQUEST_GET_EVENT],
  powerUp: (body) => {
    const values = firstEosValues();
    return (tell) => new EosSession(body, values, tell);
  },
};

/** What an EOS knows of its host, until the session ends. */
export class EosSession implements DialectSession {
  readonly body: CameraBody;
  readonly operations: Operations;
  readonly properties: EosProperties;
  /** The host works the camera. */
  remote = false;
  shutterLocked = false;
  /** Pictures for which the host says that it has room. */
  hostRoom = 0;
  readonly #tell: (event: PtpEvent) => void;
  #records: Uint8Array[] = [];
  #telling = false;

  constructor(body: CameraBody, values: EosValues, tell: (event: PtpEvent) => void) {
    this.body = body;
    this.#tell = tell;
    this.properties = new EosProperties(values, (record) => {
      this.record(record);
    });
    const { viewfinder } = body;
    this.operations = new Map([
      ...cardOperations(body),
      ...propertyOperations(body),
      ...eosOperations(this),
      ...(viewfinder === undefined ? [] : viewfinderOperations(viewfinder, this.properties)),
    ]);
    this.countShots();
  }

  get destination(): Destination {
    const chosen = this.properties.value(EOS_PROPERTY.captureDestination);
    return this.remote && chosen === CAPTURE_DESTINATION.host ? 'memory' : 'card';
  }

  /** Switches records on, with the flood of everything that is, or off. */
  tellRecords(on: boolean): void {
    this.#records = [];
    this.#telling = on;
    if (on) this.properties.tellAll();
  }

  /** What GetEvent brings: all records that wait, and their end. */
  takeRecords(): Uint8Array {
    const records = [...this.#records, NO_MORE_RECORDS];
    this.#records = [];
    const all = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const record of records) {
      all.set(record, at);
      at += record.length;
    }
    return all;
  }

  /** Tells how many pictures still fit where they go. */
  countShots(): void {
    const room = this.destination === 'memory' ? this.hostRoom : this.body.card.free;
    this.properties.change(EOS_PROPERTY.availableShots, room);
  }

  hear(news: CameraNews): void {
    switch (news.type) {
      case 'added': {
        const inMemory = news.object.storage === 0;
        if (inMemory) this.hostRoom = Math.max(0, this.hostRoom - 1);
        this.record(inMemory ? transferRecord(news.object) : addedRecord(news.object));
        break;
      }
      case 'captured':
        this.countShots();
        break;
      case 'store-full':
        this.#tell({ code: EVENT.storeFull, transaction: news.transaction, parameters: [STORAGE] });
        break;
      default:
        news satisfies never;
    }
  }

  /** A picture in memory that the host is to fetch once more. */
  askForTransfer(handle: number): boolean {
    const object = this.body.card.object(handle);
    if (object?.storage !== 0) return false;
    this.record(transferRecord(object));
    return true;
  }

  /** Puts one record on the queue; the event pipe tells of the first. */
  record(record: Uint8Array): void {
    if (!this.#telling || this.#records.length >= MOST_RECORDS) return;
    this.#records.push(record);
    if (this.#records.length > 1) return;
    this.#tell({ code: REQUEST_GET_EVENT, transaction: NO_TRANSACTION.event, parameters: [] });
  }
}
