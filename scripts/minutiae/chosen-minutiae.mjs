// What a fitted network chooses among the candidates of a print, as `reportedMinutiae` of the package does.
import { MAX_MINUTIAE } from '@buergerkoffer/fingerprint/minutiae';

export function chosenMinutiae({ minutiae, evidence }, { means, deviations, hidden, output }, size) {
  const chances = minutiae.map((_, at) => {
    const input = Array.from(evidence.subarray(at * size, (at + 1) * size), (value, k) =>
      Math.min(Math.max((value - means[k]) / deviations[k], -4), 4),
    );
    const sum = hidden.reduce((total, weights, unit) => {
      const activation = input.reduce((all, value, k) => all + value * weights[k], weights[size]);
      return total + (output[unit] * activation) / (1 + Math.abs(activation));
    }, output[hidden.length]);
    return 1 / (1 + Math.exp(-sum));
  });
  const expected = Math.round(chances.reduce((sum, chance) => sum + chance, 0));
  return [...minutiae.keys()]
    .sort((a, b) => chances[b] - chances[a])
    .slice(0, Math.min(Math.max(expected, 1), MAX_MINUTIAE))
    .map((at) => minutiae[at]);
}
