import { DeviceError } from '@buergerkoffer/core';
import { Timers } from '../reference/timers.js';
import type { CameraClock } from './camera-clock.js';
import type { CameraFaults } from './camera-fault.js';
import type { CameraProperties } from './camera-property.js';
import type { Card, CameraObject, Exposure } from './card.js';
import { NO_TRANSACTION } from './codes.js';

/** What a camera has to tell; `transaction` is that of the operation that brought it about. */
export type CameraNews =
  | { readonly type: 'added'; readonly object: CameraObject; readonly transaction: number }
  | { readonly type: 'captured'; readonly transaction: number }
  | { readonly type: 'store-full'; readonly transaction: number };

/** Where a picture goes: on the card, or into memory for the host to fetch. */
export type Destination = 'card' | 'memory';

/** What a connected host wants of the body. */
export interface BodyUser {
  /** Where pictures go that the body's own shutter takes. */
  readonly destination: Destination;
  /** The host has locked the body's buttons. */
  readonly shutterLocked: boolean;
  hear(news: CameraNews): void;
}

/** What a body is made of. */
export interface BodyParts {
  readonly card: Card;
  readonly clock: CameraClock;
  readonly properties: CameraProperties;
  readonly faults: CameraFaults;
  readonly serialNumber: string;
  readonly shutterMs: number;
  /** The picture of the shot with this number, from 1. */
  readonly photograph: (shot: number) => Uint8Array;
  readonly thumbnail: ((shot: number) => Uint8Array) | undefined;
  /** A frame of the live view, from 0. */
  readonly preview: ((frame: number) => Uint8Array) | undefined;
}

/** The camera itself, whoever is connected to it: card, clock, settings and shutter. */
export class CameraBody {
  readonly parts: BodyParts;
  readonly card: Card;
  readonly #timers = new Timers();
  #user: (() => BodyUser) | undefined;
  #shots = 0;
  #frames = 0;
  #exposing = 0;

  constructor(parts: BodyParts) {
    this.parts = parts;
    this.card = parts.card;
  }

  /** A picture is being taken. */
  get exposing(): boolean {
    return this.#exposing > 0;
  }

  /**
   * Connects the one host that it can have, `busy` for a second; `user` says what it wants by now. The returned
   * function disconnects it.
   */
  connect(user: () => BodyUser): () => void {
    if (this.#user !== undefined) throw new DeviceError('busy', 'the camera is connected to another host');
    this.#user = user;
    return () => {
      if (this.#user !== user) return;
      this.#user = undefined;
      this.#timers.end();
    };
  }

  /** The body's own button; false where a host has locked it. */
  pressShutter(): boolean {
    if (this.#user?.().shutterLocked === true) return false;
    this.expose(this.#user?.().destination ?? 'card', NO_TRANSACTION.event);
    return true;
  }

  /** Takes a picture, which is there after `shutterMs`; at once where no host is, or when it goes. */
  expose(destination: Destination, transaction: number): void {
    this.#exposing += 1;
    this.#shots += 1;
    const shot = this.#shots;
    const taken = this.parts.clock.text;
    const done = (): void => {
      this.#exposing -= 1;
      const { photograph, thumbnail } = this.parts;
      this.#keep({ bytes: photograph(shot), thumbnail: thumbnail?.(shot), taken }, destination, transaction);
    };
    if (this.#user === undefined) done();
    else this.#timers.after(this.parts.shutterMs, done, done);
  }

  /** Brings the next frame of the live view; undefined for a camera without one. */
  get viewfinder(): (() => Uint8Array) | undefined {
    const { preview } = this.parts;
    if (preview === undefined) return undefined;
    return () => {
      this.#frames += 1;
      return preview(this.#frames - 1);
    };
  }

  #keep(exposure: Exposure, destination: Destination, transaction: number): void {
    const added =
      destination === 'memory' && this.#user !== undefined
        ? [this.card.hold(exposure)]
        : this.card.save(exposure);
    if (added === undefined) {
      this.#user?.().hear({ type: 'store-full', transaction });
      return;
    }
    for (const object of added) this.#user?.().hear({ type: 'added', object, transaction });
    this.#user?.().hear({ type: 'captured', transaction });
  }
}
