import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import {
  groupOf,
  groupsOf,
  jobStateOf,
  readIppMessage,
  STATUS,
  writeIppMessage,
} from '@buergerkoffer/print/ipp';
import { asIpptool } from '../support/as-ipptool.js';
import { oracle, recorded, recordedMessages } from '../support/ipp-data.js';

// Every offset of every message, on a loaded machine.
vi.setConfig({ testTimeout: 60_000 });

const NAMES = recordedMessages();

describe.skipIf(NAMES.length === 0)('messages that CUPS wrote', () => {
  it.each(NAMES)('are written as they were read: %s', (name) => {
    const bytes = recorded(name);
    expect(Buffer.compare(writeIppMessage(readIppMessage(bytes)), bytes)).toBe(0);
  });

  it.each(NAMES)('are an error with its offset when they are cut off anywhere: %s', (name) => {
    const bytes = recorded(name);
    const accepted = Array.from(bytes.keys()).filter((length) => {
      const error = errorOf(() => readIppMessage(bytes.subarray(0, length)));
      return !(error instanceof InputError) || error.offset === undefined || error.offset > length;
    });
    expect(accepted).toEqual([]);
  });

  it.each(['get-printer-attributes', 'cups-queue-attributes'])(
    'have the attributes, syntaxes and values that ipptool prints: %s',
    (stem) => {
      const message = readIppMessage(recorded(`${stem}.res.bin`));
      const ours = message.groups.flatMap(({ attributes }) => attributes.map(asIpptool));
      const theirs = answerLines(oracle(stem));
      expect(ours.map(headOf)).toEqual(theirs.map(headOf));
      for (const [index, line] of ours.entries()) {
        if (/\benum\)/.test(line) && line.includes('#')) continue;
        expect(line).toBe(theirs[index]);
      }
    },
  );

  it('say their status, and which attributes they refuse', () => {
    const refused = readIppMessage(recorded('unsupported-sides-040b.res.bin'));
    expect(refused.code).toBe(STATUS['client-error-attributes-or-values-not-supported']);
    expect(groupOf(refused, 'unsupported').text('sides')).toBeDefined();
    expect(readIppMessage(recorded('version-not-supported-0503.res.bin'))).toMatchObject({
      code: STATUS['server-error-version-not-supported'],
      version: { major: 9, minor: 9 },
    });
  });

  it('have one group for each job', () => {
    const jobs = groupsOf(readIppMessage(recorded('get-jobs-completed.res.bin')), 'job');
    expect(jobs).toHaveLength(5);
    expect(jobs.map((job) => jobStateOf(job.number('job-state')))).not.toContain(undefined);
  });
});

/** The lines of the attributes of the answer. */
function answerLines(text: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.includes('status-code = '));
  return lines
    .slice(start + 1)
    .filter((line) => / \([^)]+\) = /.test(line))
    .map((line) => line.trimStart());
}

function headOf(line: string): string {
  return line.slice(0, line.indexOf(' = '));
}

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
