import { setTimeout } from 'node:timers/promises';
import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import { CARD_COMMAND, CARD_STATUS, patternBytes } from '@buergerkoffer/core/testing';

/** What the reference card of the contract suite answers, one command after the other. */
export function referenceCardAnswers(): (command: Uint8Array) => Promise<Uint8Array> {
  let before: Promise<unknown> = Promise.resolve();
  return (command) => {
    const answer = before.then(() => answerTo(command));
    before = answer;
    return answer;
  };
}

async function answerTo(command: Uint8Array): Promise<Uint8Array> {
  const reader = new ByteReader(command);
  reader.skip(1);
  const ins = reader.u8();
  reader.skip(2);
  const data = dataOf(reader);
  const numbers = new ByteReader(data);
  switch (ins) {
    case CARD_COMMAND.echo:
      return done(data);
    case CARD_COMMAND.answer:
      return done(patternBytes(numbers.u32(), numbers.u32()));
    case CARD_COMMAND.wait:
      await setTimeout(numbers.u32());
      return done();
    default:
      return new ByteWriter().u16(CARD_STATUS.unknownInstruction).toBytes();
  }
}

function done(data: Uint8Array = new Uint8Array(0)): Uint8Array {
  return new ByteWriter().bytes(data).u16(CARD_STATUS.done).toBytes();
}

/** ISO/IEC 7816-4, 5.1: what is left may be a length of the answer alone. */
function dataOf(reader: ByteReader): Uint8Array {
  if (reader.remaining <= 1) return new Uint8Array(0);
  const short = reader.u8();
  if (short !== 0) return reader.bytes(short);
  return reader.remaining <= 2 ? new Uint8Array(0) : reader.bytes(reader.u16());
}
