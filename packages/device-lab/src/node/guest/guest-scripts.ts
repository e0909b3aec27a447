/** What process 1 of the guest does, as values. */
export interface GuestSetup {
  /** The folder on this computer that becomes the guest's `/lib/modules`. */
  readonly modulesFolder: string;
  /** Whether udevd runs. */
  readonly udev: boolean;
  /** Modules to load, each a name with its parameters if it has any: `vivid n_devs=1`. */
  readonly modules: readonly string[];
  /** Working directory of the command. */
  readonly cwd: string;
  /** The command and its arguments; its file descriptor 3 is the channel to this computer. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Name of the virtio port through which the guest reports. */
export const CHANNEL = 'lab.channel';

/**
 * `/init` of the guest: mounts this computer's `/` (read-only, over 9p) under a throw-away layer and goes on as
 * `process-one` in it. Where it fails it ends, the kernel panics, and QEMU ends.
 */
export const INIT = `#!/bin/busybox sh
set -e
B=/bin/busybox
$B mount -t devtmpfs dev /dev
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
for module in /modules/*.ko; do $B insmod "$module"; done
$B mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose host /low
$B mount -t tmpfs rw /rw
$B mkdir /rw/upper /rw/work
$B mount -t overlay -o lowerdir=/low,upperdir=/rw/upper,workdir=/rw/work root /new
$B mkdir -p /new/lib/modules /new/run /new/dev /new/proc /new/sys
$B mount -o move /dev /new/dev
$B mount -o move /proc /new/proc
$B mount -o move /sys /new/sys
$B mkdir -p /new/dev/pts /new/dev/shm
$B mount -t devpts pts /new/dev/pts
$B mount -t tmpfs shm /new/dev/shm
$B mount -t tmpfs run /new/run
$B cp -r /lab /new/run/lab
$B cp /bin/busybox /new/run/lab/busybox
exec $B switch_root /new /run/lab/busybox sh /run/lab/process-one
`;

/**
 * Process 1 after `/init`: modules, udevd, the command; then it says \`LAB_RC=status\` on the console and \`end\` on the
 * channel, and switches the guest off, whatever happened.
 */
export function processOne({ modulesFolder, udev, modules, cwd, command, env }: GuestSetup): string {
  return `B=/run/lab/busybox
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root NO_COLOR=1
${Object.entries(env)
  .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
  .join('')}note() {
  echo "{\\"type\\":\\"note\\",\\"text\\":\\"$1\\"}" >&3
}
end() {
  echo "{\\"type\\":\\"end\\",\\"status\\":$1}" >&3
  echo "LAB_RC=$1"
  $B poweroff -f
}
for port in /sys/class/virtio-ports/*; do
  if [ "$($B cat "$port/name")" = ${CHANNEL} ]; then exec 3>"/dev/\${port##*/}"; fi
done
$B mount -o bind ${quoted(modulesFolder)} /lib/modules
$B ip link set lo up
${udev ? '/lib/systemd/systemd-udevd --daemon 3>&-\n' : ''}${modules
    .map(
      (each) => `modprobe ${each.split(' ').map(quoted).join(' ')} || note ${quoted(`no module ${each}`)}\n`,
    )
    .join('')}cd ${quoted(cwd)}
${command.map(quoted).join(' ')}
end $?
`;
}

/** `text` as one word of a shell command. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
