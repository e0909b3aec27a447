import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SdkError } from '@buergerkoffer/formats';
import * as z from 'zod';
import { RegisterPerson } from '../../index.js';
import { authorityOf } from './authority-files.js';
import { startDouble } from './double.js';
import { DoubleFault } from './fault.js';

const HELP = `fachverfahren-double: a test double of a Fachverfahren over HTTP. TEST ONLY.

  fachverfahren-double --folder DIR [--host 127.0.0.1] [--port 0]
                       [--key FILE --certificate FILE]  (without: made at the first start, kept in DIR)
                       [--register FILE]      JSON array of invented persons
                       [--token-file FILE]    bearer token to ask for
                       [--until-stdin-ends]   end with standard input, and so with the program that started it
                       [--fault NAME[:N]]     slow:SECONDS, or refuse, answer-twice, drop-after-accept,
                                              drop-before-accept, cut-answer, reject, garbage,
                                              html-error with how often

Prints one JSON line with its address when it is ready, and ends on SIGTERM.
Example: fachverfahren-double --folder double --port 8080 --fault drop-after-accept:1
Exit codes: 0 ended, 2 wrong use, 3 port or folder cannot be used, 70 a fault of this program.
`;

/** Wrong use of the command line. */
class UsageError extends Error {}

/** Streams and signals of a process, as {@link runDouble} needs them. */
export interface DoubleProcess {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly stdin: { once(event: 'end', listener: () => void): { resume(): unknown }; pause(): unknown };
  once(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
}

/** Runs the program until it is told to end; resolves with the exit code. */
export async function runDouble(args: readonly string[], process: DoubleProcess): Promise<0 | 2 | 3 | 70> {
  try {
    const values = parse(args);
    if (values.help === true) {
      process.stdout.write(HELP);
      return 0;
    }
    const ended = new Promise<void>((resolve) => {
      process.once('SIGTERM', resolve);
      process.once('SIGINT', resolve);
      if (values['until-stdin-ends'] === true) process.stdin.once('end', resolve).resume();
    });
    const double = await start(values);
    process.stdout.write(`${JSON.stringify({ event: 'ready', url: double.url, folder: double.folder })}\n`);
    await ended;
    await double.close();
    // An open standard input would keep the process.
    process.stdin.pause();
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`fachverfahren-double: ${error.message}; see --help\n`);
      return 2;
    }
    if (error instanceof SdkError) {
      process.stderr.write(`fachverfahren-double: ${error.message}; ${error.remedy}\n`);
      return 3;
    }
    // Only its name: the message could quote what was received.
    process.stderr.write(
      `fachverfahren-double: internal fault (${error instanceof Error ? error.name : typeof error})\n`,
    );
    return 70;
  }
}

type Values = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        folder: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        key: { type: 'string' },
        certificate: { type: 'string' },
        register: { type: 'string' },
        'token-file': { type: 'string' },
        fault: { type: 'string' },
        'until-stdin-ends': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the options cannot be read');
  }
}

/** Everything that can be wrong with the options is found before the folder is touched. */
async function start(values: Values) {
  const { folder, host } = values;
  if (folder === undefined) throw new UsageError('--folder is missing');
  const tokenFile = values['token-file'];
  const settings = {
    folder,
    port: portOf(values.port ?? '0'),
    ...(host === undefined ? {} : { host }),
    ...(values.register === undefined ? {} : { register: await registerOf(values.register) }),
    ...(tokenFile === undefined ? {} : { token: (await readFileOf(tokenFile)).trim() }),
    ...(values.fault === undefined ? {} : { fault: faultOf(values.fault) }),
  };
  const { decrypt, certificatePem } = await authorityOf(folder, await keyFiles(values));
  return startDouble({ ...settings, decrypt, certificatePem });
}

async function keyFiles({ key, certificate }: Values) {
  if (key === undefined && certificate === undefined) return undefined;
  if (key === undefined || certificate === undefined) {
    throw new UsageError('--key and --certificate go together');
  }
  return { privateKeyPem: await readFileOf(key), certificatePem: await readFileOf(certificate) };
}

async function registerOf(path: string): Promise<readonly RegisterPerson[]> {
  try {
    return z.array(RegisterPerson).parse(JSON.parse(await readFileOf(path)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is not a JSON array of persons`);
  }
}

async function readFileOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError('--port is a number from 0 to 65535');
  return port;
}

function faultOf(text: string): DoubleFault {
  const [name, number] = text.split(':');
  const fault = DoubleFault.safeParse({
    name,
    ...(name === 'slow'
      ? { seconds: Number(number ?? '5') }
      : number === undefined
        ? {}
        : { times: Number(number) }),
  });
  if (!fault.success) throw new UsageError('--fault does not name a fault, or its number is out of range');
  return fault.data;
}
