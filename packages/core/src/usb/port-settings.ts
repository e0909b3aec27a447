/** What a port tells of the setting of an interface. */
export interface UsbSetting {
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
}

/** A setting that is a port. */
export interface PortSetting<S extends UsbSetting> {
  readonly setting: S;
  /** Whether the interface is in it after configuring. */
  readonly isFirst: boolean;
}

/**
 * The settings of a configuration that are ports of their own. Of each interface the one with the lowest number, in which it is after
 * configuring; and where others are of another class, as IPP over USB beside the plain printer class, the lowest of each. Those come
 * first, in front of all interfaces: the first setting is there for hosts that know no better.
 */
export function portSettings<S extends UsbSetting>(settings: readonly S[]): readonly PortSetting<S>[] {
  const firsts = new Map<number, S>();
  const others = new Map<string, S>();
  const byNumber = [...settings].sort((a, b) => a.alternateSetting - b.alternateSetting);
  for (const one of byNumber) {
    const first = firsts.get(one.interfaceNumber);
    if (first === undefined) firsts.set(one.interfaceNumber, one);
    else if (classOf(first) !== classOf(one) && !others.has(classOf(one))) others.set(classOf(one), one);
  }
  return [
    ...[...others.values()].map((setting) => ({ setting, isFirst: false })),
    ...settings
      .filter((one) => firsts.get(one.interfaceNumber) === one)
      .map((setting) => ({ setting, isFirst: true })),
  ];
}

/** Interface and class, as one word. */
function classOf(one: UsbSetting): string {
  return [one.interfaceNumber, one.interfaceClass, one.interfaceSubclass, one.interfaceProtocol].join();
}
