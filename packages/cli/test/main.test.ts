import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS as LISTED } from '../src/command-table.js';
import { koffer } from './support/koffer.js';

const COMMANDS = [
  ['devices'],
  ['doctor'],
  ['config', 'check'],
  ['config', 'example'],
  ['audit', 'verify'],
  ['fee'],
  ['demo'],
];

describe('koffer', () => {
  it('tells the version of its package', async () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(await koffer(['--version'])).toMatchObject({ code: 0, out: `${manifest.version}\n`, err: '' });
    const { json } = await koffer(['--json', '--version']);
    expect(json).toEqual([{ type: 'version', version: manifest.version }]);
  });

  it.each([[[] as string[]], ...COMMANDS.map((command) => [command])])(
    'helps with an example and the exit codes: koffer %j --help',
    async (command) => {
      const { code, out, err } = await koffer([...command, '--help']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/Examples?:\n {2}\$ koffer /);
      expect(out).toContain('--json');
      expect(out).toContain('--debug');
    },
  );

  it.each(LISTED)(
    'lists $name as the command describes itself',
    async ({ name, arguments: args, summary, load }) => {
      const command = (await load())(() => () => Promise.resolve());
      const help = command.createHelp();
      expect({
        name: command.name(),
        arguments: command.registeredArguments.map((argument) => help.argumentTerm(argument)),
        summary: command.description(),
      }).toEqual({ name, arguments: args === undefined ? [] : [args.replace(/[<>.]/g, '')], summary });
    },
  );

  it('puts its help into one JSON object when it is asked to', async () => {
    const { code, json, err } = await koffer(['fee', '--help', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(json).toEqual([{ type: 'help', text: expect.stringContaining('personalausweis') }]);
  });

  it.each([
    [['devices', '--frobnicate'], "unknown option '--frobnicate'", 'see koffer devices --help'],
    [['frobnicate'], "unknown command 'frobnicate'", 'see koffer --help'],
    [['audit', 'verify'], "missing required argument 'file'", 'see koffer audit verify --help'],
    [['fee', 'personalausweis', '--abroad', 'moon'], 'is invalid', 'see koffer fee --help'],
    [['devices', 'surplus'], 'too many arguments', 'see koffer devices --help'],
    [['config'], 'koffer config needs a command: check, example', 'see koffer config --help'],
    [[], 'koffer needs a command: devices, doctor', 'see koffer --help'],
  ])('refuses %j with one line, the remedy and code 2', async (args, message, remedy) => {
    const told = await koffer(args);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err).toMatch(/^koffer: .*\n {2}→ .*\n$/);
    expect(told.err).toContain(message);
    expect(told.err).toContain(remedy);

    for (const withJson of [
      ['--json', ...args],
      [...args, '--json'],
    ]) {
      const { code, err, json } = await koffer(withJson);
      expect({ code, err }).toEqual({ code: 2, err: '' });
      expect(json).toEqual([
        {
          type: 'error',
          error: { kind: 'usage', code: 'usage', message: expect.stringContaining(message), remedy },
        },
      ]);
    }
  });

  it.each([[['--debug', 'fee', 'nothing']], [['fee', 'nothing', '--debug']]])(
    'shows where an error came from only when it is asked to: %j',
    async (args) => {
      expect((await koffer(args)).err).toMatch(/InputError: .*\n {4}at /);
      expect((await koffer(args.filter((arg) => arg !== '--debug'))).err).not.toContain('    at ');
    },
  );

  it('reads --json behind -- as the name of a file', async () => {
    const { code, err, out } = await koffer(['config', 'check', '--', '--json']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('--json: there is no such file');
  });
});
