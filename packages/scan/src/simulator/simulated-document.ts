import type { GreyImage, RgbImage } from '@buergerkoffer/formats';
import type { DrawnDocument } from '../synthesis/document.js';

/** A document on the table: drawn, or a given image that is delivered as it is whatever the settings say. */
export type SimulatedDocument = DrawnDocument | { readonly image: GreyImage | RgbImage };
