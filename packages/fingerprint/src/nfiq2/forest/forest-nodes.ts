import { InputError } from '@buergerkoffer/formats';
import { LEAF, MAX_NODES, MAX_TREES } from './forest.js';

/** Deepest level of a tree. */
const MAX_DEPTH = 64;
/** Most lines of the head; NIST's has 71. */
const MAX_HEAD_LINES = 1000;
/** Values that the head of a forest must have. */
const HEAD: Readonly<Record<string, string>> = { format: '3', is_classifier: '1', class_labels: '[ 0, 1 ]' };

/** What the lines described. */
interface Described {
  readonly nodes: Uint8Array;
  readonly splits: Float32Array;
  readonly variables: number;
  readonly trees: number;
}

/** Understands a forest in YAML line by line; see {@link readForestYaml}. */
export class ForestNodes {
  readonly #nodes: number[] = [];
  readonly #splits: number[] = [];
  /** Depths at which nodes are still to come in this tree, the next one last. */
  readonly #awaited: number[] = [];
  readonly #head = new Map<string, string>();
  #headLines = 0;
  #trees = 0;
  #isBody = false;
  /** A list or a map that goes on in the next line. */
  #flow: { readonly key: string; text: string } | undefined;
  #node: { depth?: number; value?: string; index?: string; split?: string } | undefined;

  /** Takes a line without the white space around it, which begins at `offset`. */
  line(line: string, offset: number): void {
    if (!this.#isBody) this.#headLines += 1;
    if (line === '' || this.#headLines > MAX_HEAD_LINES) throw malformed('this is no forest in YAML', offset);
    if (this.#flow !== undefined) this.#more(line, offset);
    else if (this.#isBody) this.#body(line, offset);
    else this.#headLine(line, offset);
  }

  /** What all lines described; `offset` is their end. */
  finish(offset: number): Described {
    this.#closeNode(offset);
    const trees = Number(this.#head.get('ntrees'));
    if (!this.#isBody || this.#flow !== undefined || this.#awaited.length > 0 || this.#trees !== trees) {
      throw new InputError('truncated', `the forest ends after ${this.#trees} of ${trees} trees`, { offset });
    }
    return {
      nodes: Uint8Array.from(this.#nodes),
      splits: Float32Array.from(this.#splits),
      variables: Number(this.#head.get('var_count')),
      trees,
    };
  }

  #headLine(line: string, offset: number): void {
    if (line === '%YAML:1.0' || line === '---') return;
    const [, key = '', value = ''] = /^(\w+):(?: (.*))?$/.exec(line) ?? [];
    if (key === '') throw malformed('this is no forest in YAML', offset);
    if (key === 'trees') this.#beginBody(offset);
    else if (value.startsWith('[') && !value.endsWith(']')) this.#flow = { key, text: '' };
    else this.#head.set(key, value);
  }

  #beginBody(offset: number): void {
    for (const [key, value] of Object.entries(HEAD)) {
      if (this.#head.get(key) === value) continue;
      throw new InputError('unsupported', `only forests with ${key} ${value} are read`, { offset });
    }
    const variables = count(this.#head.get('var_count'));
    const trees = count(this.#head.get('ntrees'));
    if (variables < 1 || variables > LEAF || this.#head.get('ord_var_count') !== String(variables)) {
      throw new InputError('unsupported', `only forests of up to ${LEAF} ordered variables are read`, {
        offset,
      });
    }
    if (trees < 1 || trees > MAX_TREES) {
      throw new InputError('out-of-range', `a forest has 1 to ${MAX_TREES} trees`, { offset });
    }
    this.#isBody = true;
  }

  /** Lists of the head are passed over, the map of a split is collected. */
  #more(line: string, offset: number): void {
    const flow = this.#flow;
    if (flow === undefined) return;
    if (flow.key !== 'split') {
      if (line.endsWith(']')) this.#flow = undefined;
      return;
    }
    flow.text += line;
    if (flow.text.length > 256) throw malformed('a split is too long', offset);
    if (!line.endsWith('}')) return;
    this.#flow = undefined;
    this.#setSplit(flow.text, offset);
  }

  #body(line: string, offset: number): void {
    if (line === '-') {
      this.#closeNode(offset);
      this.#node = {};
    } else if (line === 'nodes:') this.#beginTree(offset);
    else if (line.startsWith('- {')) this.#beginSplit(line.slice(2), offset);
    else this.#nodeLine(line, offset);
  }

  #beginTree(offset: number): void {
    if (this.#awaited.length > 0 || this.#trees >= count(this.#head.get('ntrees'))) {
      throw malformed('a tree begins where none is expected', offset);
    }
    this.#node = undefined;
    this.#trees += 1;
    this.#awaited.push(0);
  }

  #beginSplit(text: string, offset: number): void {
    if (text.endsWith('}')) this.#setSplit(text, offset);
    else this.#flow = { key: 'split', text };
  }

  #setSplit(text: string, offset: number): void {
    if (this.#node === undefined || this.#node.split !== undefined)
      throw malformed('a split too many', offset);
    this.#node.split = text;
  }

  #nodeLine(line: string, offset: number): void {
    const [, key = '', value = ''] = /^(\w+):(?: (.*))?$/.exec(line) ?? [];
    if (this.#node === undefined) throw malformed('a line outside of a node', offset);
    if (key === 'depth') this.#node.depth = count(value);
    else if (key === 'value') this.#node.value = value;
    else if (key === 'norm_class_idx') this.#node.index = value;
    else if (key !== 'splits') throw malformed('an unknown line of a node', offset);
  }

  /** The node that is complete now; nothing where only a tree begins. */
  #closeNode(offset: number): void {
    const node = this.#node;
    this.#node = undefined;
    if (node === undefined || Object.keys(node).length === 0) return;
    const depth = this.#awaited.pop();
    if (depth === undefined || node.depth !== depth || depth > MAX_DEPTH) {
      throw malformed('a node is not where its depth says', offset);
    }
    if (this.#nodes.length >= MAX_NODES) throw malformed(`more than ${MAX_NODES} nodes`, offset);
    if (node.split === undefined) {
      this.#nodes.push(LEAF + classOf(node.value, node.index, offset));
      return;
    }
    const [, variable = '', threshold = ''] = SPLIT.exec(node.split) ?? [];
    const value = Number(threshold);
    if (
      threshold === '' ||
      !Number.isFinite(Math.fround(value)) ||
      count(variable) >= count(this.#head.get('var_count'))
    ) {
      throw malformed('a split that is not understood', offset);
    }
    this.#nodes.push(count(variable));
    this.#splits.push(value);
    this.#awaited.push(depth + 1, depth + 1);
  }
}

/** `{ var:11, quality:3.75e+03, le:2.76e-01 }` */
const SPLIT = /^\{ ?var:(\d{1,3}), ?quality:[-+.\de]+, ?le:([-+.\de]+) ?\}$/;

function classOf(value: string | undefined, index: string | undefined, offset: number): number {
  if (value === '0.' && index === '0') return 0;
  if (value === '1.' && index === '1') return 1;
  throw malformed('a leaf of neither class', offset);
}

function count(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function malformed(message: string, offset: number): InputError {
  return new InputError('malformed', message, {
    offset,
    remedy: 'give the file nist_plain_tir-ink.yaml of NFIQ 2 v2.3 as NIST publishes it',
  });
}
