// A network of one hidden layer for the chance that a candidate is reported, fitted by Adam to three aims at
// once: which candidates are reported, how many in all, and how many about the centre.
import { seededRandom } from '@buergerkoffer/core/simulation';

const UNITS = 32;
const ROUNDS = 26;
const BATCH = 16;
const RATE = 0.004;
const DECAY = 1e-4;
const MOST_DEVIATIONS = 4;
/** Weights of the two numbers beside the mean of the single decisions. */
const NUMBER = 2;
const NUMBER_INSIDE = 0.7;

/** Fits the network to `prints` with `size` pieces of evidence for each candidate. */
export function fitted(prints, size) {
  const { means, deviations } = scaleOf(prints, size);
  const inputs = new Map(
    prints.map((print) => [
      print,
      print.evidence.map((value, i) => {
        const scaled = (value - means[i % size]) / deviations[i % size];
        return Math.min(Math.max(scaled, -MOST_DEVIATIONS), MOST_DEVIATIONS);
      }),
    ]),
  );
  const sizes = grouped(prints);
  // A group of many prints counts less than so many prints, more than one.
  const shares = new Map(prints.map((print) => [print, 1 / Math.sqrt(sizes.get(print.group).length)]));
  const meanShare = [...shares.values()].reduce((sum, share) => sum + share, 0) / prints.length;
  const random = seededRandom(2026);
  const row = size + 1;
  const weights = new Float64Array(UNITS * row + UNITS + 1);
  const output = UNITS * row;
  for (let unit = 0; unit < UNITS; unit += 1) {
    for (let k = 0; k < size; k += 1) weights[unit * row + k] = (2 * random.next() - 1) / Math.sqrt(size);
    weights[output + unit] = (2 * random.next() - 1) / Math.sqrt(UNITS);
  }
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const gradient = new Float64Array(weights.length);
  const order = [...prints];
  let step = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, random);
    const rate = RATE * (0.05 + 0.95 * (1 - round / ROUNDS));
    for (let at = 0; at < order.length; at += BATCH) {
      gradient.fill(0);
      for (const print of order.slice(at, at + BATCH)) {
        addGradient(print, inputs.get(print), weights, size, shares.get(print) / meanShare, gradient);
      }
      step += 1;
      for (let k = 0; k < weights.length; k += 1) {
        const slope = gradient[k] / BATCH + DECAY * weights[k];
        first[k] = 0.9 * first[k] + 0.1 * slope;
        second[k] = 0.999 * second[k] + 0.001 * slope * slope;
        const spread = Math.sqrt(second[k] / (1 - 0.999 ** step)) + 1e-8;
        weights[k] -= (rate * first[k]) / (1 - 0.9 ** step) / spread;
      }
    }
  }
  const short = (values) => Array.from(values, (value) => Number(value.toPrecision(5)));
  return {
    means: short(means),
    deviations: short(deviations),
    hidden: Array.from({ length: UNITS }, (_, unit) => short(weights.subarray(unit * row, (unit + 1) * row))),
    output: short(weights.subarray(output)),
  };
}

function addGradient({ labels, isInside, wanted, wantedInside }, input, weights, size, share, gradient) {
  const count = labels.length;
  const row = size + 1;
  const output = UNITS * row;
  const units = new Float64Array(count * UNITS);
  const chances = new Float64Array(count);
  let sum = 0;
  let sumInside = 0;
  let inside = 0;
  for (let i = 0; i < count; i += 1) {
    let total = weights[output + UNITS];
    for (let unit = 0; unit < UNITS; unit += 1) {
      let activation = weights[unit * row + size];
      for (let k = 0; k < size; k += 1) activation += weights[unit * row + k] * input[i * size + k];
      activation /= 1 + Math.abs(activation);
      units[i * UNITS + unit] = activation;
      total += weights[output + unit] * activation;
    }
    chances[i] = 1 / (1 + Math.exp(-total));
    sum += chances[i];
    if (!isInside[i]) continue;
    sumInside += chances[i];
    inside += 1;
  }
  // Squared error of the logarithms, so that prints with few and with many minutiae count alike.
  const off = (own, aim) => (2 * (Math.log(own + 2) - Math.log(aim + 2))) / (own + 2);
  const offAll = NUMBER * off(sum, Math.min(wanted, count));
  const offInside = NUMBER_INSIDE * off(sumInside, Math.min(wantedInside, inside));
  for (let i = 0; i < count; i += 1) {
    const numbers = offAll + (isInside[i] ? offInside : 0);
    const slope = share * ((chances[i] - labels[i]) / count + numbers * chances[i] * (1 - chances[i]));
    gradient[output + UNITS] += slope;
    for (let unit = 0; unit < UNITS; unit += 1) {
      const value = units[i * UNITS + unit];
      gradient[output + unit] += slope * value;
      const inner = slope * weights[output + unit] * (1 - Math.abs(value)) ** 2;
      gradient[unit * row + size] += inner;
      for (let k = 0; k < size; k += 1) gradient[unit * row + k] += inner * input[i * size + k];
    }
  }
}

/** Mean and deviation of each evidence; each print counts as much as another. */
function scaleOf(prints, size) {
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (const { evidence, labels } of prints) {
    evidence.forEach((value, i) => {
      sums[i % size] += value / labels.length / prints.length;
      squares[i % size] += (value * value) / labels.length / prints.length;
    });
  }
  return {
    means: sums,
    deviations: squares.map((square, k) => Math.sqrt(Math.max(square - sums[k] ** 2, 1e-12))),
  };
}

function grouped(prints) {
  const groups = new Map();
  for (const print of prints) groups.set(print.group, [...(groups.get(print.group) ?? []), print]);
  return groups;
}

function shuffle(items, random) {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random.next() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
}
