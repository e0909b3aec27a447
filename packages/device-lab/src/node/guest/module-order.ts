/** Where the modules of one kernel lie: lines `file: files that it needs`, as depmod writes them (modules.dep). */
export interface ModuleIndex {
  /** The files (relative to the folder of modules.dep) of module `name` and all that it needs, in the order of loading. */
  filesOf(name: string): readonly string[];
}

/**
 * Reads `modules.dep` and `modules.builtin` of depmod. A module that is part of the kernel has no files; a name that
 * neither knows throws. `-` and `_` in names are the same (modprobe(8)).
 */
export function readModuleIndex(dep: string, builtin: string): ModuleIndex {
  const needs = new Map<string, readonly string[]>();
  for (const line of dep.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const file = line.slice(0, colon);
    const others = line
      .slice(colon + 1)
      .split(' ')
      .filter((each) => each !== '');
    // depmod lists what a module needs with the last to be loaded first.
    needs.set(moduleName(file), [...others.reverse(), file]);
  }
  const inKernel = new Set(builtin.split('\n').map(moduleName));
  return {
    filesOf: (name) => {
      const files = needs.get(moduleName(name));
      if (files !== undefined) return files;
      if (inKernel.has(moduleName(name))) return [];
      throw new Error(`the kernel has no module ${name}`);
    },
  };
}

/** The name of the module in `file`: `kernel/drivers/usb/usbip/vhci-hcd.ko.xz` is `vhci_hcd`. */
export function moduleName(file: string): string {
  return file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_');
}
