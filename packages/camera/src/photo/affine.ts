import type { Point } from './face-points.js';

/** A map of the plane in continuous pixel coordinates: x' = a x + b y + c, y' = d x + e y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** Where the map puts the point. */
export function mapPoint(map: Affine, { x, y }: Point): Point {
  return { x: map.a * x + map.b * y + map.c, y: map.d * x + map.e * y + map.f };
}

/** The map that does `first`, then `second`. */
export function chain(first: Affine, second: Affine): Affine {
  return {
    a: second.a * first.a + second.b * first.d,
    b: second.a * first.b + second.b * first.e,
    c: second.a * first.c + second.b * first.f + second.c,
    d: second.d * first.a + second.e * first.d,
    e: second.d * first.b + second.e * first.e,
    f: second.d * first.c + second.e * first.f + second.f,
  };
}

/** The way back; the map must not flatten the plane. */
export function inverse({ a, b, c, d, e, f }: Affine): Affine {
  const area = a * e - b * d;
  return {
    a: e / area,
    b: -b / area,
    c: (b * f - c * e) / area,
    d: -d / area,
    e: a / area,
    f: (c * d - a * f) / area,
  };
}

/**
 * A turn by `angleDeg` clockwise as seen on the screen (y points down), and a scale, that leave `centre` where it is.
 */
export function turnAbout(centre: Point, angleDeg: number, scale = 1): Affine {
  const radians = (angleDeg * Math.PI) / 180;
  const [cos, sin] = [scale * Math.cos(radians), scale * Math.sin(radians)];
  const { x, y } = centre;
  return { a: cos, b: -sin, c: x - cos * x + sin * y, d: sin, e: cos, f: y - sin * x - cos * y };
}
