import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import type { Diagnostic } from '@buergerkoffer/core';
import type { Finding } from './driver-findings.js';
import { exists } from './folders.js';

/** Oldest Node that the packages run on (`engines` of package.json). */
const LEAST_NODE = [20, 19] as const;

/** What the checks look at; a test gives other values. */
export interface Computer {
  readonly platform: string;
  readonly nodeVersion: string;
  /** Where device nodes lie: `/dev`. */
  readonly devices: string;
  /** Where running services leave their sockets: `/run`. */
  readonly run: string;
}

/** This computer. */
export const THIS_COMPUTER: Computer = {
  platform: process.platform,
  nodeVersion: process.versions.node,
  devices: '/dev',
  run: '/run',
};

/** What is to be said about Node, the system, its device services and the rights of this user. */
export async function computerFindings(computer: Computer): Promise<readonly Finding[]> {
  const node = nodeFindings(computer.nodeVersion);
  if (computer.platform !== 'linux') return [...node, untested(computer.platform)];
  return [...node, ...(await serviceFindings(computer)), ...(await rightsFindings(computer))];
}

function nodeFindings(version: string): readonly Diagnostic[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return [];
  return [
    {
      code: 'system.node-too-old',
      severity: 'error',
      message: `Node ${version} is too old`,
      remedy: `install Node ${LEAST_NODE.join('.')} or newer`,
    },
  ];
}

function untested(platform: string): Diagnostic {
  return {
    code: 'system.untested',
    severity: 'warning',
    message: `this system is ${platform}; the SDK is made for Linux`,
    remedy: 'use Debian or a system like it for devices',
  };
}

async function serviceFindings({ run }: Computer): Promise<readonly Diagnostic[]> {
  const [udev, pcscd] = await Promise.all([exists(`${run}/udev/control`), exists(`${run}/pcscd/pcscd.comm`)]);
  const findings: Diagnostic[] = [];
  if (!udev) {
    findings.push({
      code: 'system.udev-missing',
      severity: 'warning',
      message: 'udev does not run: no rule gives this user a right on devices, only root may open them',
      remedy: 'apt-get install udev; systemctl start systemd-udevd',
    });
  }
  if (!pcscd) {
    findings.push({
      code: 'system.pcscd-missing',
      severity: 'info',
      message: 'the PC/SC service does not run: card readers are not seen',
      remedy: 'apt-get install pcscd; systemctl enable --now pcscd.socket',
    });
  }
  return findings;
}

/** Device nodes that the SDK opens, and the right that is usual for them. */
const NODES: readonly { readonly name: RegExp; readonly remedy: string }[] = [
  {
    name: /^tty(ACM|USB)\d+$/,
    remedy: 'usermod -aG dialout USER, then log in again',
  },
  {
    name: /^hidraw\d+$/,
    remedy:
      'write /etc/udev/rules.d/70-koffer.rules: SUBSYSTEM=="hidraw", ATTRS{idVendor}=="VVVV", ATTRS{idProduct}=="PPPP", TAG+="uaccess"; then plug it in again',
  },
];

async function rightsFindings({ devices }: Computer): Promise<readonly Finding[]> {
  const names = await readdir(devices).catch((): string[] => []);
  const checked = NODES.flatMap(({ name, remedy }) =>
    names.filter((each) => name.test(each)).map((each) => rightFinding(`${devices}/${each}`, remedy)),
  );
  return (await Promise.all(checked)).filter((finding) => finding !== undefined);
}

async function rightFinding(node: string, remedy: string): Promise<Finding | undefined> {
  return access(node, constants.R_OK | constants.W_OK).then(
    () => undefined,
    () => ({
      code: 'system.access-denied',
      severity: 'warning',
      message: `this user may not open ${node}`,
      remedy,
      node,
    }),
  );
}
