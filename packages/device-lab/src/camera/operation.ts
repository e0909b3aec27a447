/** An operation that a host asks for. */
export interface PtpCommand {
  readonly code: number;
  readonly transaction: number;
  /** Five at most. */
  readonly parameters: readonly number[];
}

/** What an operation answers: absent parts are empty, the code is `ok`. */
export interface PtpAnswer {
  readonly code?: number;
  readonly parameters?: readonly number[];
  /** What the data phase brings; undefined where there is none. */
  readonly data?: Uint8Array;
}

/** What a camera tells without being asked. */
export interface PtpEvent {
  readonly code: number;
  /** The operation that brought it about; `NO_TRANSACTION.event` for none. */
  readonly transaction: number;
  /** Three at most. */
  readonly parameters: readonly number[];
}

/** What an operation works on. */
export interface PtpCall {
  readonly transaction: number;
  /** Those that were not given are 0. */
  readonly parameters: readonly [number, number, number, number, number];
  /** What the host sent in the data phase. */
  readonly data: Uint8Array;
}

/** One operation of a camera. */
export interface Operation {
  /** The least and the most parameters that it takes. */
  readonly parameters: readonly [least: number, most: number];
  /** The host sends data. Default false. */
  readonly takesData?: boolean;
  readonly answer: (call: PtpCall) => PtpAnswer;
}

/** Operations by their codes. */
export type Operations = ReadonlyMap<number, Operation>;
