import { InputError } from '@buergerkoffer/formats';
import { photoFromFile } from '../photo/from-file.js';
import type { Photo } from '../photo/photo.js';
import type { PhotoTicket } from './photo-ticket.js';

/** What a cloud delivers for a ticket (BSI TR-03170-1 v1.2, 2.6 to 2.8). */
export interface CloudDelivery {
  readonly encrypted: Uint8Array;
  /** UUIDs of cloud, account and user: `cloud:::konto:::nutzer`. */
  readonly nutzerkennung: string;
  /** Whether the seal of the cloud is genuine and over this digest: SHA-256, 32 bytes. */
  readonly sealCovers: (digest: Uint8Array) => boolean | Promise<boolean>;
}

/** Who made a photo, as the log of an application wants it. */
export interface PhotoOrigin {
  readonly cloud: string;
  readonly account: string;
  readonly user: string;
}

/** A photo that was sealed by its cloud. */
export interface DeliveredPhoto {
  readonly photo: Photo;
  readonly origin: PhotoOrigin;
}

/** Largest encrypted photo, in bytes: twenty times a photo of 1244 x 1600 in the highest quality. */
const MAX_BYTES = 32 * 1024 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Checks a delivered photo and decrypts it, in this order: size and Nutzerkennung, the seal over both, decryption, and whether a
 * photo came out whose every pixel can be read. Nothing is decrypted before the seal is known to be right.
 *
 * `InputError` `too-large`, `malformed`, `checksum` (the seal does not cover this photo of this user), and what
 * {@link PhotoTicket.decrypt} and {@link photoFromFile} refuse. What `sealCovers` throws passes through.
 */
export async function openDelivery(ticket: PhotoTicket, delivery: CloudDelivery): Promise<DeliveredPhoto> {
  const { encrypted, nutzerkennung } = delivery;
  if (encrypted.length > MAX_BYTES)
    throw new InputError('too-large', `the encrypted photo has more than ${MAX_BYTES} bytes`, {
      offset: MAX_BYTES,
    });
  const origin = originOf(nutzerkennung);
  if (!(await delivery.sealCovers(await sealedDigest(encrypted, nutzerkennung))))
    throw new InputError('checksum', 'the seal of the cloud does not cover this photo of this user', {
      remedy:
        'do not use the photo; fetch it again, and tell the operator of the cloud if that does not help',
    });
  const photo = await photoFromFile(ticket.decrypt(encrypted)).catch((error: unknown) => {
    // The reason may quote bytes of a text that was decrypted with the wrong key; only its kind is told.
    throw error instanceof InputError ? noPhoto(error) : error;
  });
  return { photo, origin };
}

/** What a seal covers: SHA-256 over the encrypted photo and, at once behind it, the Nutzerkennung in ASCII. */
export async function sealedDigest(encrypted: Uint8Array, nutzerkennung: string): Promise<Uint8Array> {
  const user = new TextEncoder().encode(nutzerkennung);
  const sealed = new Uint8Array(encrypted.length + user.length);
  sealed.set(encrypted);
  sealed.set(user, encrypted.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', sealed));
}

/** The three UUIDs of a Nutzerkennung; `InputError('malformed')` for anything else. */
function originOf(nutzerkennung: string): PhotoOrigin {
  const [cloud = '', account = '', user = '', ...more] = nutzerkennung.split(':::');
  if (more.length > 0 || ![cloud, account, user].every((part) => UUID.test(part)))
    throw new InputError('malformed', 'a Nutzerkennung is three UUIDs with three colons between', {
      path: 'nutzerkennung',
    });
  return { cloud, account, user };
}

function noPhoto(error: InputError): InputError {
  return new InputError(error.code, 'what was decrypted is no readable photo', {
    remedy: 'scan the barcode of this photo again; if that does not help, ask the photographer for a new one',
  });
}
