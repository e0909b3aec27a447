import { BUSY, INVALID, LOST, PROTOCOL, type Meanings } from '../web-failure.js';

/** Opening the device. Chromium answers SecurityError where the specification (WebUSB, 6.1) has NetworkError. */
export const OPENING: Meanings = {
  NotFoundError: { code: 'not-found' },
  SecurityError: { code: 'access-denied' },
  NetworkError: { code: 'access-denied' },
  InvalidStateError: BUSY,
};

/** Claiming an interface and choosing its setting. */
export const CLAIMING: Meanings = {
  NotFoundError: { code: 'not-found' },
  SecurityError: {
    code: 'access-denied',
    remedy:
      'browsers keep audio, HID, mass storage, smart card, video and wireless interfaces to themselves: ' +
      'use webHidBus for HID, and an application in Node for the others',
  },
  NetworkError: {
    code: 'busy',
    remedy:
      'end the program that uses the interface; on Linux a driver of the kernel (usblp, cdc_acm) may have it: ' +
      'unbind it with a udev rule',
  },
  InvalidStateError: BUSY,
};

/** Control, bulk and interrupt transfers, and clearing a halt. */
export const TRANSFERRING: Meanings = {
  NotFoundError: LOST,
  NetworkError: PROTOCOL,
  SecurityError: {
    code: 'access-denied',
    remedy: 'browsers refuse some requests of protected classes: use an application in Node',
  },
  // The page closed or reset the device without the transport.
  AbortError: PROTOCOL,
  TimeoutError: { code: 'timeout' },
  InvalidStateError: INVALID,
  InvalidAccessError: INVALID,
  IndexSizeError: INVALID,
  DataError: INVALID,
  TypeError: INVALID,
};
