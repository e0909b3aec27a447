import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Problem, RegisterAnswer, RegisterQuery, SealedPayload, SubmissionState } from '../../src/index.js';
import { DOUBLE_ROUTES, DoubleFault } from '../../src/node/double/index.js';

const document = readFileSync(
  new URL('../../../../docs/fachverfahren-openapi.yaml', import.meta.url),
  'utf8',
);
const lines = document.split('\n');

/** Key lines of the document with their full path, by indentation: our document is written in block style. */
function* keys(): Generator<readonly string[]> {
  const stack: { readonly indent: number; readonly key: string }[] = [];
  for (const line of lines) {
    const match = /^(\s*(?:- )?)'?([\w/{}.$-]+)'?:/.exec(line);
    if (match === null) continue;
    const indent = match[1]?.length ?? 0;
    while ((stack.at(-1)?.indent ?? -1) >= indent) stack.pop();
    stack.push({ indent, key: match[2] ?? '' });
    yield stack.map(({ key }) => key);
  }
}
const all = [...keys()];
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

/** Names of all properties in a JSON schema. */
function properties(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'properties' && typeof value === 'object' && value !== null
      ? [...Object.keys(value), ...Object.values(value).flatMap(properties)]
      : properties(value),
  );
}

/** Names of all properties of a component of the document, those of referenced components included. */
function documented(component: string): readonly string[] {
  const inside = all.filter(
    ([top, kind, name]) => top === 'components' && kind === 'schemas' && name === component,
  );
  const own = inside.flatMap((path) => (path.at(-2) === 'properties' ? [path.at(-1) ?? ''] : []));
  const start = lines.findIndex((line) => line === `    ${component}:`);
  const length = lines.slice(start + 1).findIndex((line) => /^ {4}\S/.test(line));
  const block = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  const refs = block.flatMap((line) => /#\/components\/schemas\/(\w+)/.exec(line)?.[1] ?? []);
  return [...own, ...refs.flatMap(documented)];
}

describe('the OpenAPI document', () => {
  it('lists exactly the routes that the double serves, by their operations', () => {
    const inDocument = all.flatMap(([top, path, method]) =>
      top === 'paths' && path !== undefined && method !== undefined && METHODS.includes(method)
        ? [`${method.toUpperCase()} ${path}`]
        : [],
    );
    expect([...new Set(inDocument)]).toEqual(DOUBLE_ROUTES.map(({ method, path }) => `${method} ${path}`));
    const operations = [...document.matchAll(/operationId: (\w+)/g)].map(([, name]) => name);
    expect(operations).toEqual(DOUBLE_ROUTES.map(({ operation }) => operation));
  });

  it('is OpenAPI 3.1 and refers only to what it holds', () => {
    expect(lines[0]).toBe('openapi: 3.1.0');
    const references = [...document.matchAll(/\$ref: '#\/components\/(\w+)\/(\w+)'/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, kind, name] of references) {
      expect(all.some((path) => path.join('/') === `components/${kind}/${name}`)).toBe(true);
    }
    expect(document.match(/\$ref:/g)).toHaveLength(references.length);
  });

  it.each([
    ['Problem', Problem],
    ['SubmissionState', SubmissionState],
    ['SealedPayload', SealedPayload],
    ['RegisterQuery', RegisterQuery],
    ['RegisterAnswer', RegisterAnswer],
    ['DoubleFault', DoubleFault],
  ] as const)('gives %s the fields that the code gives it', (name, schema) => {
    const inCode = properties(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
    expect([...new Set(documented(name))].sort()).toEqual([...new Set(inCode)].sort());
  });
});
