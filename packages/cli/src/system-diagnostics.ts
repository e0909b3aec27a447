import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Diagnostic } from '@buergerkoffer/core';
import { SdkError } from '@buergerkoffer/formats';
import { fachverfahrenHttp } from '@buergerkoffer/fachverfahren-xoev';

/** What is to be said about the computer itself and, when an address is given, about the Fachverfahren. */
export async function systemDiagnostics(fachverfahren: string | undefined): Promise<readonly Diagnostic[]> {
  const found = await Promise.all([
    udevFinding(),
    folderFinding(tmpdir()),
    ...(fachverfahren === undefined ? [] : [serviceFinding(fachverfahren)]),
  ]);
  return found.filter((finding) => finding !== undefined);
}

async function udevFinding(): Promise<Diagnostic | undefined> {
  if (process.platform !== 'linux') {
    return {
      code: 'system.untested',
      severity: 'warning',
      message: `this system is ${process.platform}; the SDK is made for Linux`,
      remedy: 'use Debian or a system like it for devices',
    };
  }
  const runs = await access('/run/udev/control', constants.F_OK).then(
    () => true,
    () => false,
  );
  return runs
    ? undefined
    : {
        code: 'system.udev-missing',
        severity: 'warning',
        message: 'udev does not run: devices are found by polling, HID devices not at all',
        remedy: 'apt-get install udev; systemctl start systemd-udevd',
      };
}

async function folderFinding(folder: string): Promise<Diagnostic | undefined> {
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable
    ? undefined
    : {
        code: 'system.temp-read-only',
        severity: 'error',
        message: `the folder for temporary files ${folder} cannot be written`,
        remedy: 'give it free space and the right to write, or set TMPDIR',
      };
}

async function serviceFinding(url: string): Promise<Diagnostic | undefined> {
  try {
    await fachverfahrenHttp({ baseUrl: url, deadlines: { healthMs: 3_000 } }).health();
    return undefined;
  } catch (error) {
    if (!(error instanceof SdkError)) throw error;
    return {
      code: `fachverfahren.${error.code}`,
      severity: 'error',
      message: `the Fachverfahren does not answer: ${error.message}`,
      remedy: error.remedy,
    };
  }
}
