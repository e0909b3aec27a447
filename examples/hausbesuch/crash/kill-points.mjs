import { between } from './random.mjs';
import { keyOf } from './demo-process.mjs';

/**
 * Draws the kills of one case, in the order in which a case comes by: right at a line, somewhere in the pause after it,
 * or anywhere in time. `reference` are the lines of a run that nobody killed, `endMs` is when its process was gone.
 */
export function drawKills(next, { lines, durationMs }) {
  const stations = [
    { key: 'start', atMs: 0 },
    ...lines.map((line) => ({ key: keyOf(line), atMs: line.atMs })),
  ];
  const pauseAfter = (place) => (stations[place + 1]?.atMs ?? durationMs) - stations[place].atMs;
  const draw = () => {
    const way = next();
    if (way < 0.25) {
      const moment = next() * durationMs;
      const place = stations.findLastIndex(({ atMs }) => atMs <= moment);
      return { place, delayMs: moment - stations[place].atMs };
    }
    const place = between(next, 0, stations.length - 1);
    return { place, delayMs: way < 0.6 ? 0 : next() * pauseAfter(place) };
  };
  return Array.from({ length: between(next, 2, 6) }, draw)
    .sort((a, b) => a.place - b.place || a.delayMs - b.delayMs)
    .map(({ place, delayMs }) => ({ key: stations[place].key, delayMs }));
}
