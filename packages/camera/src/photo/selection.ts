import { InputError } from '@buergerkoffer/formats';
import { bestCapture, type Capture } from './best-capture.js';
import { isSufficient, type Veto } from './veto.js';

/** A photo that a clerk may choose. */
export interface Choice extends Capture {
  readonly id: string;
  readonly veto?: Veto;
}

/** What a clerk is shown, and what is marked for them. */
export interface Offer<C extends Choice> {
  /** Shown at once: all that are sufficient; all, when none is. */
  readonly shown: readonly C[];
  /** Shown when asked for. */
  readonly onDemand: readonly C[];
  /** The best of those that are shown; absent when there is none. */
  readonly preSelected?: C;
}

/** The photos as GID_BiometricDataSelection offers them (BSI TR-03121-3 Vol. 2 v6.0, 3.9.1.3). */
export function offerPhotos<C extends Choice>(photos: readonly C[]): Offer<C> {
  const sufficient = photos.filter(({ assessment, veto }) => isSufficient(assessment.total, veto));
  const rejected = photos.filter(({ veto }) => veto === 'NOK overrules software');
  const rest = photos.filter((photo) => !rejected.includes(photo));
  // When every good one was rejected, the others are shown.
  const shown = sufficient.length > 0 ? sufficient : rest.length > 0 ? rest : photos;
  const best = bestCapture(shown);
  return {
    shown,
    onDemand: photos.filter((photo) => !shown.includes(photo)),
    ...(best === undefined ? {} : { preSelected: best }),
  };
}

/**
 * The one photo that a clerk releases after comparing it with the person. An id that is not among the photos is
 * `InputError('missing')`, a photo that was rejected `not-allowed`.
 */
export function releasePhoto<C extends Choice>(photos: readonly C[], id: string): C {
  const photo = photos.find((one) => one.id === id);
  if (photo === undefined) throw new InputError('missing', 'there is no photo with this id', { path: 'id' });
  if (photo.veto === 'NOK overrules software')
    throw new InputError('not-allowed', 'this photo was rejected', {
      path: 'id',
      remedy: 'choose another photo, or take the veto back',
    });
  return photo;
}
