import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { matchesPort, type AnyDriver, type Diagnostic, type Port, type PortMatch } from '@buergerkoffer/core';
import { exists } from './folders.js';
import { libraryFault, type LibraryFault } from './libraries.js';
import { denialOf, thisCaller, type Caller, type Denial } from './node-rights.js';
import { RULES_FOLDERS, rulesFiles, rulesState, type RulesFile, type RulesState } from './udev-files.js';

/** What is missing to open the ports of a driver, or a device node. */
export interface Finding extends Diagnostic {
  /** The driver that needs it. */
  readonly driver?: string;
  /** The device node that it is about. */
  readonly node?: string;
}

/** What the checks of drivers look at; a test gives other values. */
export interface DriverComputer {
  readonly platform: string;
  /** `/sys` and `/dev`. */
  readonly sysfs: string;
  readonly devices: string;
  /** Where running services leave their sockets: `/run`. */
  readonly run: string;
  readonly rulesFolders: readonly string[];
  readonly caller: Caller;
  library(bus: AnyDriver['bus']): Promise<LibraryFault | undefined>;
}

/** This computer. */
export function thisDriverComputer(): DriverComputer {
  return {
    platform: process.platform,
    sysfs: '/sys',
    devices: '/dev',
    run: '/run',
    rulesFolders: RULES_FOLDERS,
    caller: thisCaller(),
    library: (bus) => libraryFault(bus),
  };
}

const RELOAD = 'sudo udevadm control --reload && sudo udevadm trigger';
const INSTALL = `koffer udev | sudo tee /etc/udev/rules.d/70-buergerkoffer.rules > /dev/null && ${RELOAD}`;

/**
 * What is missing to open the ports of each of `drivers`: the library, the service, the udev rule, and the right on the
 * nodes of those of `ports` that the driver understands. Every remedy can be pasted into a shell.
 */
export async function driverFindings(
  drivers: readonly AnyDriver[],
  ports: readonly Port[],
  computer: DriverComputer,
): Promise<readonly Finding[]> {
  const files = computer.platform === 'linux' ? await rulesFiles(computer.rulesFolders) : [];
  const found = drivers.map(async (driver) => [
    ...libraryFindings(driver, await computer.library(driver.bus)),
    ...(computer.platform === 'linux' ? await systemFindings(driver, ports, files, computer) : []),
  ]);
  return (await Promise.all(found)).flat();
}

function libraryFindings(driver: AnyDriver, fault: LibraryFault | undefined): readonly Finding[] {
  if (fault === undefined) return [];
  return [finding(driver, `library-${fault.state}`, 'warning', fault.message, fault.remedy)];
}

async function systemFindings(
  driver: AnyDriver,
  ports: readonly Port[],
  files: readonly RulesFile[],
  computer: DriverComputer,
): Promise<readonly Finding[]> {
  if (driver.bus === 'pcsc') return serviceFindings(driver, computer);
  const nodes = await nodesOf(driver, ports, computer);
  const denials = (await Promise.all(nodes.map((node) => denialOf(node, computer.caller)))).filter(
    (denial) => denial !== undefined,
  );
  // Whoever may open what is attached has the right from somewhere, and needs no rule for it.
  if (nodes.length > 0 && denials.length === 0) return [];
  const rules = rulesState(driver, files);
  const needed = rules === undefined ? [] : ruleFindings(driver, rules);
  const isInstalled = rules?.state === 'installed' || rules?.state === 'late';
  return [...needed, ...denials.map((denial) => denialFinding(driver, denial, isInstalled))];
}

async function serviceFindings(driver: AnyDriver, { run }: DriverComputer): Promise<readonly Finding[]> {
  if (await exists(join(run, 'pcscd/pcscd.comm'))) return [];
  const remedy = 'sudo apt-get install pcscd && sudo systemctl enable --now pcscd.socket';
  return [finding(driver, 'service-missing', 'warning', 'the service pcscd does not run', remedy)];
}

function ruleFindings(driver: AnyDriver, rules: RulesState): readonly Finding[] {
  switch (rules.state) {
    case 'installed':
      return [];
    case 'missing':
      return [finding(driver, 'rule-missing', 'warning', 'its udev rule is not installed', INSTALL)];
    case 'incomplete': {
      const message = `${rules.file} has not all of its udev rules: it is older than this release`;
      return [finding(driver, 'rule-incomplete', 'warning', message, INSTALL)];
    }
    case 'late': {
      const message = `udev reads ${rules.file} too late for the person at the screen: its number must be below 73`;
      const remedy = `sudo mv ${rules.file} /etc/udev/rules.d/70-buergerkoffer.rules && ${RELOAD}`;
      return [finding(driver, 'rule-late', 'warning', message, remedy)];
    }
    default:
      return rules satisfies never;
  }
}

function denialFinding(driver: AnyDriver, denial: Denial, isInstalled: boolean): Finding {
  const { node, group, mode, isMember } = denial;
  const message = `this user may not open ${node} (mode ${mode}, ${group === undefined ? 'root only' : `group ${group}`})`;
  if (group === undefined) {
    const remedy = isInstalled ? `${RELOAD}   # then plug it in again` : INSTALL;
    return { ...finding(driver, 'access-denied', 'warning', message, remedy), node };
  }
  const remedy = isMember
    ? `newgrp ${group}   # for this shell; log in again for all`
    : `sudo usermod -aG ${group} "$USER"   # then log in again`;
  return { ...finding(driver, 'group-missing', 'warning', message, remedy), node };
}

function finding(
  driver: AnyDriver,
  code: string,
  severity: Diagnostic['severity'],
  message: string,
  remedy: string,
): Finding {
  return { code: `driver.${code}`, driver: driver.id, severity, message: `${driver.id}: ${message}`, remedy };
}

/** The nodes of the attached ports that `driver` understands, each once. */
async function nodesOf(
  driver: AnyDriver,
  ports: readonly Port[],
  computer: DriverComputer,
): Promise<readonly string[]> {
  const matches: readonly PortMatch[] = driver.matches;
  const own = ports.filter(
    (port) => port.bus === driver.bus && matches.some((match) => matchesPort(match, port)),
  );
  const nodes = await Promise.all(own.map((port) => nodeOf(port, computer)));
  return [...new Set(nodes.filter((node) => node !== undefined))];
}

async function nodeOf(port: Port, { sysfs, devices }: DriverComputer): Promise<string | undefined> {
  switch (port.bus) {
    case 'hid':
    case 'serial':
      return port.path;
    case 'usb': {
      const folder = join(sysfs, 'bus/usb/devices', port.physical.replace(/^usb:/, ''));
      const numbers = await Promise.all(['busnum', 'devnum'].map((name) => numberIn(join(folder, name))));
      if (numbers.includes(undefined)) return undefined;
      return join(devices, 'bus/usb', ...numbers.map((number) => String(number).padStart(3, '0')));
    }
    case 'pcsc':
    case 'http':
    case 'tcp':
      return undefined;
    default:
      return port satisfies never;
  }
}

async function numberIn(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? undefined : value;
}
