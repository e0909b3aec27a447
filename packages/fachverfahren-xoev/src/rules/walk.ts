import type { MessageElement } from '../message/tree.js';
import { childOf } from '../message/tree.js';

/** Visits the element and everything below it in the order of the document; `above` is its ancestors, the nearest last. */
export function walk(
  root: MessageElement,
  visit: (element: MessageElement, above: readonly MessageElement[]) => void,
): void {
  const above: { readonly element: MessageElement; next: number }[] = [{ element: root, next: 0 }];
  const ancestors: MessageElement[] = [];
  visit(root, ancestors);
  for (let top = above.at(-1); top !== undefined; top = above.at(-1)) {
    const child = top.element.children[top.next];
    if (child === undefined) {
      above.pop();
      ancestors.pop();
      continue;
    }
    top.next += 1;
    ancestors.push(top.element);
    visit(child, ancestors);
    above.push({ element: child, next: 0 });
  }
}

/** The element at a path of local names below `element`; of several with one name the first. */
export function elementAt(element: MessageElement, path: string): MessageElement | undefined {
  let found: MessageElement | undefined = element;
  for (const step of path.split('/')) found = found && childOf(found, step);
  return found;
}

/** The text at a path below the element, white space collapsed as tokens have it; empty or absent is `undefined`. */
export function tokenAt(element: MessageElement, path: string): string | undefined {
  const found = elementAt(element, path);
  const text = found === undefined ? '' : tokenOf(found);
  return text === '' ? undefined : text;
}

/** The text of the element without white space around it and runs of it within (XML Schema, `collapse`). */
export function tokenOf({ text }: MessageElement): string {
  return text.trim().replace(/\s+/g, ' ');
}
