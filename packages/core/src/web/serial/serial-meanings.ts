import { BUSY, INVALID, LOST, PROTOCOL, type Meanings } from '../web-failure.js';

/** Opening: browsers tell no reason (Web Serial, 4.4). */
export const OPENING: Meanings = {
  InvalidStateError: BUSY,
  NetworkError: {
    code: 'busy',
    remedy:
      'end the program that uses the line (ModemManager, a terminal); on Linux the person needs the group dialout ' +
      'or a udev rule',
  },
  TypeError: INVALID,
};

/** Writing. */
export const WRITING: Meanings = {
  NetworkError: LOST,
  UnknownError: PROTOCOL,
  TypeError: INVALID,
};

/** Reading. Break, framing and parity are noise, after which it goes on; see `LineReader`. */
export const READING: Meanings = {
  NetworkError: LOST,
  UnknownError: PROTOCOL,
  BufferOverrunError: {
    code: 'protocol',
    remedy: 'the page was too busy to read the line: move the work to a worker, or use flow control',
  },
  BreakError: {
    code: 'protocol',
    remedy: 'nothing but breaks come: check the cable and the baud rate',
  },
  FramingError: {
    code: 'protocol',
    remedy: 'nothing but framing errors come: check baud rate, data bits and stop bits',
  },
  ParityError: {
    code: 'protocol',
    remedy: 'nothing but parity errors come: check parity and baud rate',
  },
};
