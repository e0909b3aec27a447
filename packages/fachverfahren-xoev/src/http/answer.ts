/** An answer whose body was read within bounds. */
export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
}
