/** A virtual device that a kernel, or another program, can see. */
export interface Attached extends AsyncDisposable {
  /** Settles once, never rejects: unplugged, vanished by itself, or dropped by the other side. */
  readonly ended: Promise<void>;
  /** Pulls the plug; resolves when the other side has let go, rejects never; idempotent. */
  unplug(): Promise<void>;
}

/** How virtual hardware is attached. */
export interface AttachOptions {
  /** Hears what the device's code threw, and what the other side said that was no protocol. */
  readonly failed?: (error: unknown) => void;
}

/** The life of an attachment: `release` is called once, for the plug that is pulled or the other side that ended. */
export function attachment(release: () => Promise<void>): Attached {
  let releasing: Promise<void> | undefined;
  let settle = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const unplug = (): Promise<void> => {
    releasing ??= (async () => release())().then(settle, settle);
    return releasing;
  };
  return { ended, unplug, [Symbol.asyncDispose]: unplug };
}
