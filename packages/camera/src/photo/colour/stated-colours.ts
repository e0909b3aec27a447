import type { RgbSpace } from './rgb-space.js';

/** What a file says about its colours. */
export type StatedColours =
  /** It says sRGB, or nothing. */
  | { readonly type: 'srgb' }
  | { readonly type: 'space'; readonly name: string; readonly space: RgbSpace }
  /** An ICC profile, unread. */
  | { readonly type: 'profile'; readonly bytes: Uint8Array }
  | { readonly type: 'damaged-profile' }
  /** They are not sRGB, and it does not say which they are. */
  | { readonly type: 'uncalibrated'; readonly name: string };
