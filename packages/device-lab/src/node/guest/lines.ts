/**
 * A function that takes text in any pieces and gives `onLine` each line without its end. A line longer than `longest`
 * characters is dropped, and no more than that is ever kept.
 */
export function lineSplitter(longest: number, onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  let isTooLong = false;
  return (text) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = rest + text.slice(from, end);
      if (!isTooLong && line.length <= longest) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      rest = '';
      isTooLong = false;
      from = end + 1;
    }
    if (isTooLong) return;
    rest += text.slice(from);
    if (rest.length > longest) {
      isTooLong = true;
      rest = '';
    }
  };
}
