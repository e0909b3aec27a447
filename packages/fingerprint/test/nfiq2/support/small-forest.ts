/** A split or a leaf of a tree that a test describes. */
export type TestNode =
  | {
      readonly variable: number;
      readonly threshold: number;
      readonly left: TestNode;
      readonly right: TestNode;
    }
  | 0
  | 1;

/** `trees` as OpenCV writes a random forest of `variables` variables in YAML. */
export function forestYaml(trees: readonly TestNode[], variables = 69): string {
  const head = [
    '%YAML:1.0',
    '---',
    'my_random_trees:',
    '   format: 3',
    '   is_classifier: 1',
    `   var_count: ${variables}`,
    `   ord_var_count: ${variables}`,
    '   training_params:',
    '      max_depth: 25',
    '   var_idx: [ 0, 1, 2,',
    '       3, 4 ]',
    '   class_labels: [ 0, 1 ]',
    `   ntrees: ${trees.length}`,
    '   trees:',
  ];
  const body = trees.flatMap((tree) => ['      -', '         nodes:', ...linesOf(tree, 0)]);
  return [...head, ...body, ''].join('\n');
}

function linesOf(node: TestNode, depth: number): readonly string[] {
  const value = node === 1 ? 1 : 0;
  const own = [
    '            -',
    `               depth: ${depth}`,
    `               value: ${value}.`,
    `               norm_class_idx: ${value}`,
  ];
  if (typeof node === 'number') return own;
  const { variable, threshold, left, right } = node;
  return [
    ...own,
    '               splits:',
    `                  - { var:${variable}, quality:3.75e+03,`,
    `                      le:${threshold.toExponential(16)} }`,
    ...linesOf(left, depth + 1),
    ...linesOf(right, depth + 1),
  ];
}

/** How `tree` votes on `values`, the plain way. */
export function voteOf(tree: TestNode, values: readonly number[]): 0 | 1 {
  if (typeof tree === 'number') return tree;
  const { variable, threshold, left, right } = tree;
  return voteOf(Math.fround(values[variable] ?? 0) <= Math.fround(threshold) ? left : right, values);
}
