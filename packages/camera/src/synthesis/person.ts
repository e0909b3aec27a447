/** How an invented person is drawn. Nobody real is meant or used as a model. */
export interface DrawnPerson {
  readonly figure: 'woman' | 'man';
  readonly skin: 'fair' | 'rosy' | 'olive' | 'brown';
  readonly hair: 'white' | 'silver' | 'grey';
  /** `waves` and `bob` frame the face, `short` is parted, `crown` leaves the top of the head bare. */
  readonly hairstyle: 'waves' | 'bob' | 'short' | 'crown';
  readonly eyes: 'blue' | 'brown' | 'green' | 'grey';
  readonly glasses: 'none' | 'round' | 'rectangular';
  readonly clothes: 'cardigan' | 'shirt' | 'pullover';
  readonly colour: 'navy' | 'plum' | 'moss' | 'rust' | 'teal';
  /** Width of the face against the ordinary, 0.94 to 1.06. */
  readonly breadth: number;
  /** Depth of the lines in the face, 0 to 1. */
  readonly lines: number;
  /** Grain of the picture and strands of the hair; unsigned 32-bit. */
  readonly grain: number;
}
