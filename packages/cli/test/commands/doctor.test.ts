import { startDouble, testAuthority } from '@buergerkoffer/fachverfahren-xoev/double';
import { describe, expect, it } from 'vitest';
import { koffer, type Result } from '../support/koffer.js';
import { tempFolder } from '../support/temp-folder.js';

function findings({ json }: Result): readonly Record<string, unknown>[] {
  return json.filter((line) => line['type'] === 'finding');
}

describe('koffer doctor', () => {
  it('begins with the system, ends with the counts, and gives every finding a remedy', async () => {
    const result = await koffer(['doctor', '--json']);
    expect(result.err).toBe('');
    expect(result.json[0]).toMatchObject({ type: 'system', node: process.versions.node });
    const told = findings(result);
    const errors = told.filter((finding) => finding['severity'] === 'error').length;
    expect(result.json.at(-1)).toMatchObject({ type: 'summary', errors });
    expect(result.code).toBe(errors > 0 ? 1 : 0);
    for (const finding of told) {
      expect(finding).toMatchObject({
        code: expect.stringMatching(/^[a-z]+\.[a-z-]+$/),
        message: expect.stringMatching(/\S/),
        remedy: expect.stringMatching(/\S/),
      });
    }
  });

  it('has nothing to say about a Fachverfahren that answers', async () => {
    const double = await startDouble({ folder: tempFolder(), ...(await testAuthority()) });
    try {
      const result = await koffer(['doctor', '--fachverfahren', double.url, '--json']);
      const codes = findings(result).map((finding) => String(finding['code']));
      expect(codes.filter((code) => code.startsWith('fachverfahren.'))).toEqual([]);
    } finally {
      await double.close();
    }
  });

  it.each([
    ['http://127.0.0.1:1/', 'fachverfahren.unreachable'],
    ['no address', 'fachverfahren.malformed'],
    ['http://fachverfahren.example/', 'fachverfahren.not-allowed'],
  ])('judges the Fachverfahren at %s bad, and says the rest all the same', async (url, code) => {
    const result = await koffer(['doctor', '--fachverfahren', url, '--json']);
    expect(result.code).toBe(1);
    expect(findings(result).map((finding) => finding['code'])).toContain(code);
    expect(result.json.at(-1)).toMatchObject({ type: 'summary' });
  });
});
