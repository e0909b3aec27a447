/** Place in an 8 x 8 block, row by row, of each coefficient in the order in which a JPEG stores them (ITU-T T.81, figure 5). */
export const ZIGZAG: Uint8Array = zigzag();

function zigzag(): Uint8Array {
  const places = new Uint8Array(64);
  let [row, column, isRising] = [0, 0, true];
  for (let index = 0; index < 64; index += 1) {
    places[index] = row * 8 + column;
    const [atEnd, turn] = isRising ? [column === 7, row === 0] : [row === 7, column === 0];
    if (atEnd || turn) {
      // Along the border to the next diagonal.
      if (isRising === atEnd) row += 1;
      else column += 1;
      isRising = !isRising;
    } else {
      row += isRising ? -1 : 1;
      column += isRising ? 1 : -1;
    }
  }
  return places;
}
