const numbers = new WeakMap<object, number>();
let last = 0;

/**
 * A number for an object of the browser, the same as long as the object lives: browsers tell no place in the topology,
 * but give the same object for the same device until it is unplugged.
 */
export function numberOf(thing: object): number {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(thing, last);
  return last;
}
