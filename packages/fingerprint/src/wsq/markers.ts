/** Second bytes of the markers; the first is 0xFF (IAFIS-IC-0110 V3, table B.1). */
export const MARKER = {
  startOfImage: 0xa0,
  endOfImage: 0xa1,
  startOfFrame: 0xa2,
  startOfBlock: 0xa3,
  transformTable: 0xa4,
  quantisationTable: 0xa5,
  huffmanTables: 0xa6,
  restartInterval: 0xa7,
  comment: 0xa8,
  /** The first of eight, which follow each other in turns. */
  restart: 0xb0,
} as const;

/** How many restart markers there are. */
export const RESTART_MARKERS = 8;
