import type { Sheet } from '../pdf/sheet.js';
import { PAGE } from './style.js';

/** Where the next block goes; opens a new page when something that must stay together does not fit. */
export class Flow {
  readonly sheet: Sheet;
  readonly #openPage: () => number;
  y = 0;

  /** `openPage` adds a page with its frame and returns where content begins. */
  constructor(sheet: Sheet, openPage: () => number) {
    this.sheet = sheet;
    this.#openPage = openPage;
  }

  newPage(): void {
    this.y = this.#openPage();
  }

  /** Makes room for `height` points that stay together; true when that opened a page. */
  ensure(height: number): boolean {
    if (this.y + height <= PAGE.bottom) return false;
    this.newPage();
    return true;
  }

  skip(height: number): void {
    this.y += height;
  }
}
