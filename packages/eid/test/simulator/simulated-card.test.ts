import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex, encodeHex } from '@buergerkoffer/formats';
import { decodeResponse, readCardAccess } from '@buergerkoffer/eid';
import { simulatedIdCard } from '@buergerkoffer/eid/simulator';

const RECORDED = new URL('../../../../../shared/data/eid/card-files.json', import.meta.url);
const SELECT_EID = '00a4040c09e80704007f00070302';
const SELECT_MF = '00a4000c023f00';

/** The answers of one card to commands in turn, as hexadecimal with the status word at the end. */
function ask(...commands: readonly string[]): readonly string[] {
  const card = simulatedIdCard();
  return commands.map((command) => {
    const { data, sw } = card.answer(decodeHex(command));
    return encodeHex(data) + sw.toString(16);
  });
}

describe('simulatedIdCard', () => {
  it.each([
    ['the master file is selected', [SELECT_MF], '9000'],
    ['the eID application is selected', [SELECT_EID], '9000'],
    ['another application is not found', ['00a4040c07a0000002471001'], '6a82'],
    ['EF.CardSecurity is protected', ['00b09d0000'], '6982'],
    ['a data group is protected', [SELECT_EID, '00b0840000'], '6982'],
    ['a data group is not found outside its application', ['00b0840000'], '6a82'],
    ['a file by its identifier is selected', ['00a4020c022f00', '00b0000002'], '610b9000'],
    ['reading without a file is refused', ['00b0000000'], '6986'],
    ['reading past the end is refused', ['00b09e0000', '00b0000f00'], '6b00'],
    ['an end before the expected length is a warning', ['00b09e0aff'], '0703026282'],
    ['an unknown instruction is refused', ['ff9a010100'], '6d00'],
    ['a foreign class is refused', ['80b09c0000'], '6e00'],
    ['secure messaging is refused', ['0cb09c0000'], '6882'],
    ['no command is a wrong length', ['00b0'], '6700'],
  ])('%s', (_, commands, last) => {
    expect(ask(...commands).at(-1)).toBe(last);
  });

  it('forgets the selected file at reset', () => {
    const card = simulatedIdCard();
    card.answer(decodeHex('00b09e0000'));
    card.reset();
    expect(card.answer(decodeHex('00b0000000')).sw).toBe(0x6986);
  });

  it('answers any bytes and never throws', () => {
    const card = simulatedIdCard();
    const selecting = fc.uint8Array({ maxLength: 12 }).map((tail) => new Uint8Array([0, 0xb0, ...tail]));
    fc.assert(
      fc.property(fc.oneof(selecting, fc.uint8Array({ maxLength: 20 })), (bytes) => {
        expect(card.answer(bytes).sw).toBeGreaterThanOrEqual(0x6000);
      }),
    );
  });

  it.skipIf(!existsSync(RECORDED))(
    'answers the recorded plain reads like the recorded card (skipped without ../shared)',
    () => {
      const { apdu } = JSON.parse(readFileSync(RECORDED, 'utf8')) as {
        apdu: readonly (readonly [string, string])[];
      };
      const card = simulatedIdCard();
      const ours = apdu.map(([command]) => card.answer(decodeHex(command)));
      const theirs = apdu.map(([, answer]) => decodeResponse(decodeHex(answer)));
      expect(ours.map(({ sw }) => sw.toString(16))).toEqual(theirs.map(({ sw }) => sw.toString(16)));
      const cardAccess = (answers: typeof ours): unknown =>
        readCardAccess(new Uint8Array(answers.slice(0, 2).flatMap(({ data }) => [...data])))
          .map((info) => info.type)
          .sort();
      expect(cardAccess(ours)).toEqual(cardAccess(theirs));
      const [directory, recorded] = [ours[2], theirs[2]].map((answer) =>
        encodeHex(answer?.data ?? new Uint8Array()),
      );
      expect(directory).not.toBe('');
      expect(recorded).toContain(directory);
    },
  );
});
