import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLabEvent, type LabEvent } from '../../../src/node/lab/lab-event.js';

const EVENTS: readonly LabEvent[] = [
  { type: 'ready', kernel: '6.1.0', uptimeMs: 3_000 },
  { type: 'note', text: 'no module x' },
  { type: 'test', file: '/a', name: ['suite', 'test'], outcome: 'failed', ms: 3, reason: 'why' },
  { type: 'test', file: '/a', name: [], outcome: 'passed', ms: 0 },
  { type: 'output', file: '/a', text: 'line\n' },
  { type: 'file-end', file: '/a', ms: 5 },
];

describe('a line of the channel', () => {
  test.each(EVENTS)('is the event that was written: $type', (event) => {
    expect(parseLabEvent(JSON.stringify(event))).toEqual(event);
  });

  test.each(['', 'null', '[]', '7', '{}', '{"type":"test"}', '{"type":"test","file":"/a","ms":"1"}', '{'])(
    'that is none is nothing: %s',
    (line) => {
      expect(parseLabEvent(line)).toBeUndefined();
    },
  );

  test('of any content is an event with the right types, or nothing', () => {
    const key = fc.constantFrom(
      'type',
      'file',
      'ms',
      'name',
      'outcome',
      'text',
      'kernel',
      'uptimeMs',
      '__proto__',
    );
    const word = fc.constantFrom<unknown>(
      'test',
      'output',
      'ready',
      'file-end',
      'note',
      'passed',
      1,
      null,
      [],
      ['a'],
      {},
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.dictionary(key, word).map((each) => JSON.stringify(each)),
        ),
        (line) => {
          const event = parseLabEvent(line);
          if (event !== undefined && 'file' in event) expect(event.file).toBeTypeOf('string');
          if (event?.type === 'test') expect(['passed', 'failed', 'skipped']).toContain(event.outcome);
        },
      ),
    );
  });
});
