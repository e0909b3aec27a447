import { InputError } from '@buergerkoffer/formats';
import type * as z from 'zod';
import type { XmeldMessages } from '../generated/xmeld-25.11a/index.js';
import { XMELD_25_11A } from '../generated/xmeld-25.11a/index.js';
import { modelOf } from '../message/model.js';
import { readMessageTree } from '../message/read-tree.js';
import type { CheckMessageOptions, MessageFinding } from '../rules/index.js';
import { checkMessage } from '../rules/index.js';
import { requireShape } from '../xmeld/shape.js';
import type { Brief } from './brief.js';
import { expandBrief } from './expand.js';
import {
  AddressedFrame,
  answeredFields,
  AnswerFrame,
  framedFields,
  listVersionsOf,
} from './message-frame.js';

/** What the frame fills in. */
export type FramedField =
  | '@produkt'
  | '@produkthersteller'
  | '@produktversion'
  | '@standard'
  | '@test'
  | '@version'
  | 'nachrichtenkopf.g2g'
  | 'anschrift.leser'
  | 'anschrift.autor'
  | 'ursprungsnachricht';

/** Name of the root element of a message that is built here. */
export type MessageRoot = keyof XmeldMessages;

/** The content of a message without its frame, see {@link Brief}; names are those of the standard. */
export type MessageContent<Root extends MessageRoot> = Brief<Omit<XmeldMessages[Root], FramedField>> & object;

/** How a message is checked; `now` is the message's own time when left out. */
export interface BuildOptions extends Partial<CheckMessageOptions> {
  /** Errors of the rules that do not keep the message in the house; none when left out. */
  readonly accepts?: (finding: MessageFinding) => boolean;
}

/** Writes one kind of message. */
export interface MessageBuilder<Root extends MessageRoot, Frame extends AddressedFrame = AddressedFrame> {
  /** Its number. */
  readonly type: string;
  readonly root: Root;
  /**
   * The message in UTF-8, valid under the schema and without an error of the rules. `InputError` `malformed` with the
   * field's path for a frame or content that the grammar does not allow, `not-allowed` with the path of the first error
   * of the rules, its Rückweisung code in front. Errors quote no value.
   */
  write(frame: Frame, content: MessageContent<Root>, options?: BuildOptions): Uint8Array;
  /** All findings of the rules, warnings too; `InputError` as for `write` where the grammar is broken. */
  check(frame: Frame, content: MessageContent<Root>, options?: BuildOptions): readonly MessageFinding[];
}

/** A builder of a message that answers none. */
export function messageBuilder<Root extends MessageRoot>(root: Root): MessageBuilder<Root> {
  return builder<Root, AddressedFrame>(root, AddressedFrame, (frame) => framedFields(frame, typeOf(root)));
}

/** A builder of a message that answers another, which its frame names. */
export function answerBuilder<Root extends MessageRoot>(root: Root): MessageBuilder<Root, AnswerFrame> {
  return builder<Root, AnswerFrame>(root, AnswerFrame, (frame) => ({
    ...framedFields(frame, typeOf(root)),
    ...answeredFields(frame),
  }));
}

function builder<Root extends MessageRoot, Frame extends AddressedFrame>(
  root: Root,
  frameSchema: z.ZodType<Frame>,
  framed: (frame: Frame) => Readonly<Record<string, unknown>>,
): MessageBuilder<Root, Frame> {
  const model = modelOf(XMELD_25_11A.descriptor);

  const written = (frame: Frame, content: MessageContent<Root>): Uint8Array => {
    const checked = requireShape(frameSchema, frame, 'the frame');
    const brief = { ...framed(checked), ...content };
    const full = expandBrief(model, model.rootType(root), brief, listVersionsOf(checked));
    return XMELD_25_11A.write(
      root,
      requireShape(XMELD_25_11A.schema(root), full, `the message ${typeOf(root)}`),
    );
  };
  const findingsOf = (bytes: Uint8Array, frame: Frame, options: BuildOptions): readonly MessageFinding[] => {
    const { accepts: _, now = Date.parse(frame.erstellungszeitpunkt), ...rest } = options;
    return checkMessage(readMessageTree(bytes), { ...rest, now });
  };
  return {
    type: typeOf(root),
    root,
    write(frame, content, options = {}) {
      const bytes = written(frame, content);
      const fault = findingsOf(bytes, frame, options).find(
        (finding) => finding.severity === 'error' && options.accepts?.(finding) !== true,
      );
      if (fault === undefined) return bytes;
      throw new InputError('not-allowed', `${fault.code}: ${fault.message}`, { path: fault.path });
    },
    check: (frame, content, options = {}) => findingsOf(written(frame, content), frame, options),
  };
}

/** The four digits at the end of a root's name. */
function typeOf(root: string): string {
  return root.slice(-4);
}
