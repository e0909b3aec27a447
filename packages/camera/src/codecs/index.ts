export { loadCodecs } from './load-codecs.js';
export type { CodecBinaries } from './load-codecs.js';
