/** What the runner inside the guest (or on the host) is told, as the JSON of its file. */
export interface Job {
  /** Lab files, absolute paths; each runs in a process of its own, one after the other. */
  readonly files: readonly string[];
  /** How long one file may take, in milliseconds. */
  readonly fileLimitMs: number;
}
