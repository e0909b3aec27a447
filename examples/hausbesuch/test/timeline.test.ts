import { describe, expect, it } from 'vitest';
import { readTimeline } from '../src/exhibit/timeline.js';

const chain = (...lines: readonly object[]): Uint8Array =>
  new TextEncoder().encode(
    lines.map((line) => JSON.stringify({ at: '2026-11-30T10:00:00Z', ...line })).join('\n'),
  );
const event = (name: string): object => ({ type: 'event', event: name });
const titles = (...lines: readonly object[]): readonly string[] =>
  readTimeline(chain(...lines)).map(({ title }) => title);

describe('the timeline of a case', () => {
  it('says once what happens for each paper, and how often; fingers have a picture each', () => {
    expect(
      titles(
        event('finger-captured'),
        event('finger-captured'),
        event('form-printed'),
        event('form-printed'),
        event('form-printed'),
        event('reviewed'),
        event('form-printed'),
      ),
    ).toEqual([
      'Fingerabdruck aufgenommen',
      'Fingerabdruck aufgenommen',
      'Papier gedruckt (3-mal)',
      'Gegengeprüft (vier Augen)',
      'Papier gedruckt',
    ]);
  });

  it('tells an inquiry from the arrival', () => {
    const delivery = (state: string, attempt: number): object => ({ type: 'delivery', state, attempt });
    expect(
      titles(
        delivery('sending', 1),
        delivery('received', 1),
        delivery('received', 2),
        delivery('accepted', 2),
      ),
    ).toEqual([
      'An das Fachverfahren gesendet',
      'Vom Fachverfahren erhalten',
      'Beim Fachverfahren nachgefragt',
      'Vom Fachverfahren angenommen',
    ]);
  });

  it('is one moment where case and vault both say that it was sealed, and leaves checkpoints out', () => {
    expect(titles({ type: 'opened' }, event('sealed'), { type: 'checkpoint' }, { type: 'sealed' })).toEqual([
      'Für die Behörde versiegelt',
    ]);
  });
});
