import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort, ranProgram, RunningProgram } from './debian-programs.js';

/** Programs that {@link PrintPeers} starts. */
export const PEER_PROGRAMS = ['dbus-daemon', 'avahi-daemon', 'ippeveprinter'] as const;
/** Programs that {@link PrintPeers.startCups} needs as well. */
export const CUPS_PROGRAMS = ['cupsd', 'lpadmin'] as const;

/** How long another test may use its peers, in milliseconds. */
const ANOTHER_TEST_MS = 90_000;

/** How the next job at `ippeveprinter` goes. */
export type PeerFault = 'empty' | 'jam' | 'toner' | 'slow';

/**
 * Debian's print programs on the loopback, with a message bus and a multicast DNS of their own: no system service is needed and none is
 * touched. All of them are ended when it is disposed of.
 */
export class PrintPeers implements AsyncDisposable {
  readonly folder: string;
  readonly #running: RunningProgram[] = [];
  #env: NodeJS.ProcessEnv = process.env;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async start(): Promise<PrintPeers> {
    const folder = mkdtempSync(join(tmpdir(), 'print-peers-'));
    // The filters of CUPS are another user and read the spool in it.
    chmodSync(folder, 0o755);
    const peers = new PrintPeers(folder);
    try {
      await peers.#startBus();
    } catch (error) {
      await peers[Symbol.asyncDispose]();
      throw error;
    }
    return peers;
  }

  /** An `ippeveprinter` that runs a command for each job; gives its address. */
  async startPrinter(
    formats = 'application/pdf,image/pwg-raster,image/jpeg',
  ): Promise<{ readonly uri: string; stop(): Promise<void> }> {
    const port = await freePort();
    const spool = join(this.folder, `spool-${port}`);
    mkdirSync(spool);
    const command = join(this.folder, 'job.sh');
    writeFileSync(command, JOB_COMMAND.replaceAll('FOLDER', this.folder), { mode: 0o755 });
    const args = [
      '-v',
      '-k',
      '-p',
      String(port),
      '-n',
      'localhost',
      '-d',
      spool,
      '-f',
      formats,
      '-c',
      command,
    ];
    const colour = ['-s', '20,10', '-2'];
    const program = this.#run('ippeveprinter', [...args, ...colour, `Koffer ${port}`]);
    await listening(port, program);
    return { uri: `ipp://127.0.0.1:${port}/ipp/print`, stop: () => program.stop() };
  }

  /** How the next job goes. */
  fault(fault: PeerFault): void {
    writeFileSync(join(this.folder, 'fault'), fault);
  }

  /** The sizes of the documents that were printed, oldest first. */
  get printed(): readonly number[] {
    return readFileSync(join(this.folder, 'printed'), { encoding: 'utf8', flag: 'a+' })
      .split('\n')
      .filter((line) => line !== '')
      .map(Number);
  }

  /** A `cupsd` with a queue that forwards to the printer at `uri`; gives the address of the queue. Where it `asks`, only users of the system print. */
  async startCups(
    uri: string,
    { asks = false } = {},
  ): Promise<{
    readonly uri: string;
    readonly spool: string;
    run(program: string, ...args: string[]): void;
  }> {
    const port = await freePort();
    const folder = join(this.folder, `cups-${port}`);
    for (const name of ['etc', 'spool', 'cache', 'run', 'log'])
      mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(
      join(folder, 'cupsd.conf'),
      CUPSD_CONF.replace('PORT', String(port))
        .replace('AUTH', asks ? 'Basic' : 'None')
        .replace('ASKS', asks ? PRINTING_ASKS : ''),
    );
    writeFileSync(join(folder, 'cups-files.conf'), CUPS_FILES_CONF.replaceAll('FOLDER', folder));
    const files = ['-c', join(folder, 'cupsd.conf'), '-s', join(folder, 'cups-files.conf')];
    await listening(port, this.#run('cupsd', ['-f', ...files]));
    const run = (program: string, ...args: string[]): void => {
      ranProgram(program, ['-h', `127.0.0.1:${port}`, ...args], { env: this.#env });
    };
    run('lpadmin', '-p', 'Weiter', '-E', '-v', uri, '-m', 'everywhere');
    const ppd = '/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd';
    if (existsSync(ppd)) run('lpadmin', '-p', 'PDF', '-E', '-v', 'cups-pdf:/', '-P', ppd);
    return { uri: `ipp://127.0.0.1:${port}/printers/Weiter`, spool: join(folder, 'spool'), run };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const program of this.#running.reverse()) await program.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #startBus(): Promise<void> {
    const socket = join(this.folder, 'bus.sock');
    writeFileSync(join(this.folder, 'bus.conf'), BUS_CONF.replace('SOCKET', socket));
    writeFileSync(join(this.folder, 'avahi.conf'), AVAHI_CONF);
    this.#env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` };
    const bus = this.#run('dbus-daemon', [
      `--config-file=${this.folder}/bus.conf`,
      '--nofork',
      '--nopidfile',
    ]);
    await eventually(
      () => reachable({ path: socket }),
      () => bus.said,
    );
    await this.#startAvahi();
  }

  /** A computer has one avahi-daemon at a time: this waits until that of another test has ended. */
  async #startAvahi(): Promise<void> {
    const isolated = ['--no-drop-root', '--no-chroot', '--no-rlimits', '--no-proc-title'];
    const endMs = performance.now() + ANOTHER_TEST_MS;
    for (;;) {
      const avahi = this.#run('avahi-daemon', [...isolated, '-f', join(this.folder, 'avahi.conf')]);
      await eventually(
        () => /Server startup complete|already running/.test(avahi.said),
        () => avahi.said,
      );
      if (!avahi.said.includes('already running')) return;
      if (performance.now() > endMs) throw new Error('another avahi-daemon runs and does not end');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  #run(name: string, args: readonly string[]): RunningProgram {
    const program = new RunningProgram(name, args, this.#env);
    this.#running.push(program);
    return program;
  }
}

async function listening(port: number, program: RunningProgram): Promise<void> {
  await eventually(
    () => reachable({ port, host: '127.0.0.1' }),
    () => program.said,
  );
}

function reachable(
  where: { readonly path: string } | { readonly port: number; readonly host: string },
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(where);
    const end = (answers: boolean) => () => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}

const JOB_COMMAND = `#!/bin/sh
fault=$(cat FOLDER/fault 2>/dev/null)
rm -f FOLDER/fault
case $fault in
  empty) echo 'STATE: +media-empty-error' >&2; sleep 2; echo 'STATE: -media-empty-error' >&2 ;;
  jam) echo 'STATE: +media-jam-error' >&2; sleep 1; exit 1 ;;
  toner) echo 'STATE: +toner-low-warning' >&2 ;;
  slow) sleep 4 ;;
esac
stat -c %s "$1" >>FOLDER/printed
echo 'ATTR: job-impressions=2 job-impressions-completed=2' >&2
`;
const BUS_CONF = `<busconfig><type>system</type><listen>unix:path=SOCKET</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/>
<allow receive_sender="*"/><allow send_type="method_call"/></policy></busconfig>
`;
const AVAHI_CONF = `[server]
host-name=koffer
domain-name=local
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
enable-dbus=yes
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=no
`;
const CUPSD_CONF = `LogLevel warn
Listen 127.0.0.1:PORT
Browsing Off
WebInterface No
DefaultAuthType AUTH
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
ASKS<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
`;
const PRINTING_ASKS = `<Limit Validate-Job Create-Job Print-Job Send-Document>
AuthType Basic
Require valid-user
Order deny,allow
Allow all
</Limit>
`;
const CUPS_FILES_CONF = `ServerRoot FOLDER/etc
RequestRoot FOLDER/spool
CacheDir FOLDER/cache
StateDir FOLDER/run
ServerBin /usr/lib/cups
DataDir /usr/share/cups
AccessLog FOLDER/log/access
ErrorLog FOLDER/log/error
PageLog FOLDER/log/page
SystemGroup root
FileDevice Yes
`;
