import { InputError } from '@buergerkoffer/formats';
import { readMessageTree } from '../message/read-tree.js';
import { requireShape } from '../xmeld/shape.js';
import type { ExpandedName } from '../xmeld/xml-reader.js';
import { serializeXml } from '../xmeld/xml-writer.js';
import { XhdMessage } from './message.js';
import { readShape } from './read-shape.js';
import { writeShape } from './write-shape.js';
import { xmlShape } from './xml-shape.js';

/** A message as read, and what stood beside it. */
export interface ReadXhdMessage {
  readonly message: XhdMessage;
  /** Elements of other standards in the place kept for them: signature, encrypted data. Their content is not read. */
  readonly foreign: readonly ExpandedName[];
}

/**
 * Turns messages of XhD into XML and back. The SDK has one for the shape that TR-03123 1.6.1 prints; who holds the
 * official XSDs of the version in force puts their own here and keeps everything else.
 */
export interface XhdEncoder {
  /** Version of the format, the value of `Version_XhD`. */
  readonly version: string;
  /** Target namespace of the messages. */
  readonly namespace: string;
  /** The same bytes for the same message. `InputError` with the path of the first fault. */
  encode(message: XhdMessage): Uint8Array;
  /** `InputError` with offset or path; never a value of the document. */
  decode(bytes: Uint8Array): ReadXhdMessage;
}

/**
 * The shape printed in BSI TR-03123 version 1.6.1 of 25 January 2021: names, order, cardinality, inheritance, codes.
 * Not printed, and so a decision of ours: elements are qualified (as TR-03132 shows for 1.8), `code` is not.
 * It is not checked against the XSDs of the BSI, which are not public.
 */
export const PRINTED_XHD: XhdEncoder = {
  version: '1.6.1',
  namespace: 'http://www.bsi.de/trxhd/1.6',
  encode(message) {
    return serializeXml(writeShape(SHAPE, checked(message), PRINTED_XHD.namespace));
  },
  decode(bytes) {
    const { message, foreign } = readShape(SHAPE, readMessageTree(bytes), PRINTED_XHD.namespace);
    return { message: checked(message), foreign };
  },
};

const SHAPE = xmlShape(XhdMessage);

function checked(value: unknown): XhdMessage {
  const message = requireShape(XhdMessage, value, 'the XhD message');
  if (message.Nachrichtenkopf.Version_XhD !== PRINTED_XHD.version) {
    throw new InputError('unsupported', `the message is of another version than ${PRINTED_XHD.version}`, {
      path: 'Nachrichtenkopf.Version_XhD',
    });
  }
  return message;
}
