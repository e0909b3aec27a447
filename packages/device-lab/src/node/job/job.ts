/** What the runner inside the guest (or on the host) is told, as the JSON of its file. */
export interface Job {
  /** Absolute path of the lab file, which runs in a process of its own. */
  readonly file: string;
  /** How long it may take, in milliseconds. */
  readonly fileLimitMs: number;
}
