/** The clock of a camera, which a host may set. Times are those of the place, as cameras write them. */
export class CameraClock {
  readonly #now: () => Date;
  #aheadMs = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** `YYYYMMDDThhmmss` (ISO 15740, DateTime). */
  get text(): string {
    const time = new Date(this.#now().getTime() + this.#aheadMs);
    const two = (value: number): string => String(value).padStart(2, '0');
    const year = String(time.getFullYear()).padStart(4, '0');
    const date = `${year}${two(time.getMonth() + 1)}${two(time.getDate())}`;
    return `${date}T${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
  }

  /** Sets it; false for what is no time. A zone behind it is not read. */
  set(text: string): boolean {
    const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/u.exec(text);
    if (found === null) return false;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
    const time = new Date(year, month - 1, day, hour, minute, second);
    if (time.getMonth() !== month - 1 || time.getDate() !== day || hour > 23 || minute > 59 || second > 59) {
      return false;
    }
    this.#aheadMs = time.getTime() - this.#now().getTime();
    return true;
  }
}
