import type { BodyUser, CameraBody, CameraNews, Destination } from '../camera-body.js';
import { STORAGE } from '../card.js';
import { EVENT, NO_TRANSACTION } from '../codes.js';
import type { PtpEvent } from '../operation.js';
import { EOS_PROPERTY, REQUEST_GET_EVENT } from './codes.js';
import { CAPTURE_DESTINATION, EosProperties, type EosValues } from './eos-properties.js';
import { addedRecord, NO_MORE_RECORDS, transferRecord } from './records.js';

/** Records that wait for a host that does not poll, at most. */
const MOST_RECORDS = 4096;

/** What an EOS knows of its host, until the session ends. */
export class EosState implements BodyUser {
  readonly body: CameraBody;
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
