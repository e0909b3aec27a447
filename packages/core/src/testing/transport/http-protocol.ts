/**
 * The service that the suite talks to. Paths with numbers end with them: `/bytes/1000/5`. It knows nothing of the host
 * name it is called by.
 */
export const HTTP_REFERENCE = {
  /** Answers {@link HTTP_HELLO}, with a header `X-Reference: Hello`. */
  hello: '/hello',
  /** Answers the body, with the method as header `x-method` and the request's header `x-reference` as it came. */
  echo: '/echo',
  /** `/status/CODE` answers with that status; 3xx with `location: /hello`. */
  status: '/status',
  /** `/bytes/LENGTH/SEED` answers pattern bytes. */
  bytes: '/bytes',
  /** `/wait/MS` begins to answer after so many milliseconds. */
  wait: '/wait',
  /** Answers {@link HTTP_GATE_BYTES} of pattern 1, then as many of pattern 2 once `/open` was asked for. */
  gate: '/gate',
  /** Opens every gate that waits. */
  open: '/open',
  /** Answers without end. */
  endless: '/endless',
  /** Answers, in decimal digits, how many other answers are under way. */
  running: '/running',
  /** On a wire: says what is not HTTP, and hangs up. */
  garbage: '/garbage',
  /** On a wire: a head that is longer than a megabyte. */
  bigHead: '/big-head',
  /** On a wire: hangs up without a word. */
  hangUp: '/hang-up',
  /** On a wire: announces {@link HTTP_CUT_BYTES}, says half of them and hangs up. */
  cut: '/cut',
  /** On a wire: announces {@link HTTP_CUT_BYTES} and says twice as many. */
  excess: '/excess',
} as const;

/** What `/hello` answers. */
export const HTTP_HELLO = 'hello';
/** Bytes before and behind a gate. */
export const HTTP_GATE_BYTES = 1000;
/** Bytes that are announced and not sent, or not announced and sent. */
export const HTTP_CUT_BYTES = 1000;
