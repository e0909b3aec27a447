/**
 * What a lab file needs of the computer it runs on: `export const needs = { … } satisfies LabNeeds;` at its top. It is
 * read without running the file, so it is one literal. Absent: a guest with udevd and nothing else.
 */
export interface LabNeeds {
  /** Whether udevd runs, which tells libraries of devices that come and go. Default true. */
  readonly udev?: boolean;
  /**
   * Whether this one measures times: while it runs no more guests run than this computer has processors for, and each has its own.
   * Default false.
   */
  readonly measures?: boolean;
  /** Processors of its guest, 1 to 4, as far as this computer has them. Default 1. */
  readonly processors?: number;
  /** Whether it takes minutes: such files begin first, so that none of them runs on when all others have ended. Default false. */
  readonly long?: boolean;
  /** Kernel modules to load, each a name with its parameters if it has any: `vivid n_devs=1`. */
  readonly modules?: readonly string[];
  /** Debian packages whose programs the file starts, as `gphoto2`. */
  readonly packages?: readonly string[];
  /** Arguments of QEMU, for devices that QEMU brings: `-device`, `usb-mtp,rootdir={files}/mtp`. `{files}` is the folder of `files`. */
  readonly qemu?: readonly string[];
  /** Files for QEMU's devices by their path in `{files}`: the text, or the size in bytes of an empty one. */
  readonly files?: Readonly<Record<string, string | number>>;
}

/** Needs with every field. */
export type CompleteNeeds = Required<LabNeeds>;

/** A lab file and its needs. */
export interface LabFile {
  /** Absolute path. */
  readonly path: string;
  readonly needs: CompleteNeeds;
}

/** Needs in a few words, for the reader of the log. */
export function needsTitle({ udev, modules, qemu }: CompleteNeeds): string {
  const devices = qemu.filter((_, index) => qemu[index - 1] === '-device').map((each) => each.split(',')[0]);
  return [
    udev ? 'udevd' : 'no udevd',
    ...(modules.length === 0 ? [] : [`modules ${modules.join(', ')}`]),
    ...(devices.length === 0 ? [] : [`QEMU's ${devices.join(', ')}`]),
  ].join('; ');
}

const KNOWN = ['udev', 'measures', 'processors', 'long', 'modules', 'packages', 'qemu', 'files'];

/** The most processors of a guest. */
const MOST_PROCESSORS = 4;

/** The largest empty file for a device, in bytes: it is sparse. */
const LARGEST_FILE = 2 ** 32;

/** Checks a literal; throws an `Error` whose message says what is wrong with it. */
export function checkNeeds(value: unknown): CompleteNeeds {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('needs is not an object');
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const unknown = [...fields.keys()].find((key) => !KNOWN.includes(key));
  if (unknown !== undefined) throw new Error(`needs has no field ${unknown}; there are ${KNOWN.join(', ')}`);
  return {
    udev: flag(fields, 'udev', true),
    measures: flag(fields, 'measures', false),
    processors: processorsOf(fields.get('processors') ?? 1),
    long: flag(fields, 'long', false),
    modules: words(fields, 'modules', /^[\w-]+( [\w.-]+=[\w.,:-]*)*$/),
    packages: words(fields, 'packages', /^[a-z0-9][a-z0-9.+-]+$/),
    qemu: words(fields, 'qemu', /^[^\0]+$/),
    files: filesOf(fields.get('files') ?? {}),
  };
}

function flag(fields: ReadonlyMap<string, unknown>, name: string, byDefault: boolean): boolean {
  const value = fields.get(name) ?? byDefault;
  if (typeof value !== 'boolean') throw new Error(`needs.${name} is neither true nor false`);
  return value;
}

function processorsOf(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_PROCESSORS)
    return value;
  throw new Error(`needs.processors is no number from 1 to ${MOST_PROCESSORS}`);
}

function words(fields: ReadonlyMap<string, unknown>, name: string, form: RegExp): readonly string[] {
  const value = fields.get(name) ?? [];
  if (!Array.isArray(value)) throw new Error(`needs.${name} is not a list`);
  const entries: readonly unknown[] = value;
  return entries.map((each) => {
    if (typeof each === 'string' && form.test(each)) return each;
    throw new Error(`needs.${name} has the entry ${JSON.stringify(each)}`);
  });
}

function filesOf(value: unknown): Readonly<Record<string, string | number>> {
  if (typeof value !== 'object' || value === null) throw new Error('needs.files is not an object');
  const files: Record<string, string | number> = {};
  for (const [path, content] of Object.entries(value) as [string, unknown][]) {
    if (path.startsWith('/') || path.split('/').includes('..')) {
      throw new Error(`needs.files has the path ${path}, which leads out of its folder`);
    }
    if (typeof content !== 'string' && !isSize(content)) {
      throw new Error(`needs.files: ${path} is neither a text nor a size`);
    }
    files[path] = content;
  }
  return files;
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST_FILE;
}
