// A small network with one layer of tanh units, trained with Adam on a smooth absolute error.

/** Score 0 to 100 of each row; rows are standardised and cut at four deviations. */
export function predict(network, rows) {
  return rows.map((row) => {
    let out = network.outBias;
    for (let unit = 0; unit < network.units; unit += 1) {
      let sum = network.biases[unit];
      for (let i = 0; i < network.inputs; i += 1)
        sum += network.weights[unit * network.inputs + i] * scaled(network, row, i);
      out += network.out[unit] * Math.tanh(sum);
    }
    return Math.min(Math.max(50 + 50 * out, 0), 100);
  });
}

function scaled({ means, deviations }, row, i) {
  return Math.min(Math.max((row[i] - means[i]) / deviations[i], -4), 4);
}

/** Trains on `rows` and `scores`; `random` decides everything else. */
export function train(rows, scores, { units, epochs, rate, decay, noise }, random) {
  const inputs = rows[0].length;
  const means = column(inputs, (i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
  const deviations = column(inputs, (i) =>
    Math.max(Math.sqrt(rows.reduce((sum, row) => sum + (row[i] - means[i]) ** 2, 0) / rows.length), 1e-6),
  );
  // All parameters in one array: weights, biases, weights of the output, its bias.
  const count = units * inputs + units + units + 1;
  const parameters = Float64Array.from({ length: count }, (_, i) =>
    i < units * inputs
      ? random.normal() / Math.sqrt(inputs)
      : i < units * inputs + units || i === count - 1
        ? 0
        : random.normal() / Math.sqrt(units),
  );
  const [first, second, gradient] = [0, 0, 0].map(() => new Float64Array(count));
  const network = { inputs, units, means, deviations };
  const flat = Float64Array.from({ length: rows.length * inputs }, (_, at) =>
    scaled(network, rows[Math.floor(at / inputs)], at % inputs),
  );
  const order = Uint32Array.from(rows, (_, i) => i);
  const hidden = new Float64Array(units);
  const input = new Float64Array(inputs);
  const [biasAt, outAt] = [units * inputs, units * inputs + units];
  const BATCH = 64;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const speed = rate * (1 - epoch / epochs);
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.subarray(start, start + BATCH);
      gradient.fill(0);
      for (const row of batch) {
        for (let i = 0; i < inputs; i += 1)
          input[i] = flat[row * inputs + i] + noise * (2 * random.next() - 1);
        let out = parameters[count - 1];
        for (let unit = 0; unit < units; unit += 1) {
          let sum = parameters[biasAt + unit];
          for (let i = 0; i < inputs; i += 1) sum += parameters[unit * inputs + i] * input[i];
          hidden[unit] = Math.tanh(sum);
          out += parameters[outAt + unit] * hidden[unit];
        }
        const slope = Math.tanh(4 * (out - (scores[row] / 50 - 1))) / batch.length;
        gradient[count - 1] += slope;
        for (let unit = 0; unit < units; unit += 1) {
          gradient[outAt + unit] += slope * hidden[unit];
          const back = slope * parameters[outAt + unit] * (1 - hidden[unit] ** 2);
          gradient[biasAt + unit] += back;
          for (let i = 0; i < inputs; i += 1) gradient[unit * inputs + i] += back * input[i];
        }
      }
      step += 1;
      const [scale1, scale2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
      for (let i = 0; i < count; i += 1) {
        first[i] = 0.9 * first[i] + 0.1 * gradient[i];
        second[i] = 0.999 * second[i] + 0.001 * gradient[i] ** 2;
        parameters[i] -=
          speed * (first[i] / scale1 / (Math.sqrt(second[i] / scale2) + 1e-8) + decay * parameters[i]);
      }
    }
  }
  return {
    ...network,
    weights: parameters.slice(0, biasAt),
    biases: parameters.slice(biasAt, outAt),
    out: parameters.slice(outAt, count - 1),
    outBias: parameters[count - 1],
  };
}

function column(length, value) {
  return Float64Array.from({ length }, (_, i) => value(i));
}

function shuffle(order, random) {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random.next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}
