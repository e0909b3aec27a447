import type { WsqFilters } from './filters.js';
import { ppiOf } from './nist-comment.js';
import type { WsqQuantisation } from './quantisation.js';
import { readFile } from './read-file.js';
import type { WsqFrame } from './write-segments.js';

/** What a file says about itself and its image. */
export interface WsqInfo extends WsqFrame {
  /** Pixels per inch of a NISTCOM comment; WSQ has no field for it. */
  readonly resolutionPpi?: number;
  readonly filters: WsqFilters;
  readonly quantisation: WsqQuantisation;
  /** Samples between restart markers as the file states it; 0: none. */
  readonly restartInterval: number;
  /** Comment segments in their order. */
  readonly comments: readonly string[];
}

/**
 * Reads what a WSQ file says, without decoding its image. The file is read to the end of its image;
 * `InputError` with offset as from `decodeWsq`, but for what only decoding finds.
 */
export function readWsqInfo(bytes: Uint8Array): WsqInfo {
  const { frame, filters, quantisation, restartInterval, comments } = readFile(bytes);
  const resolutionPpi = ppiOf(comments);
  return {
    ...frame,
    ...(resolutionPpi === undefined ? {} : { resolutionPpi }),
    filters,
    quantisation,
    restartInterval,
    comments,
  };
}
