import { describe, expect, it } from 'vitest';
import { koffer } from '../support/koffer.js';
import { tempFile } from '../support/temp-folder.js';

describe('koffer config', () => {
  it('gives an example that passes its own check, with the warning that its certificate is for tests', async () => {
    const example = await koffer(['config', 'example']);
    expect(example.code).toBe(0);
    expect(example.err).toContain('for tests');
    const file = tempFile('musterstadt.json', example.out);
    const { code, json, err } = await koffer(['config', 'check', file, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toEqual([
      {
        type: 'config',
        file,
        valid: true,
        ags: '09000009',
        name: 'Stadt Musterstadt, Bürgeramt',
        policy: 'musterstadt-hausbesuche',
        warnings: [expect.objectContaining({ code: 'certificate-for-tests', path: 'certificates[0].pem' })],
      },
    ]);
  });

  it('gives the example on one line for programs, and takes it from standard input', async () => {
    const example = await koffer(['config', 'example', '--json']);
    expect(example.json).toHaveLength(1);
    expect(example.err).toBe('');
    expect(await koffer(['config', 'check', '-'], example.out)).toMatchObject({ code: 0, err: '' });
  });

  it.each([
    ['{', 'not JSON', undefined],
    ['{}', 'schemaVersion', 'schemaVersion'],
    ['[]', 'authority configuration', undefined],
  ])('names the first fault of %j', async (text, message, path) => {
    const { code, json, err } = await koffer(['config', 'check', tempFile('bad.json', text), '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(json).toMatchObject([
      { type: 'error', error: { message: expect.stringContaining(message), ...(path && { path }) } },
    ]);
  });

  it('tells one line per file, and the worst counts', async () => {
    const example = await koffer(['config', 'example']);
    const files = [tempFile('a.json', example.out), 'nowhere.json', tempFile('b.json', example.out)];
    const { code, json } = await koffer(['config', 'check', ...files, '--json']);
    expect(code).toBe(1);
    expect(json.map((line) => line['type'])).toEqual(['config', 'error', 'config']);
  });
});
