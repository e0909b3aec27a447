import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNeeds, needsTitle } from '../../../src/node/lab/lab-needs.js';
import { readLiteral } from '../../../src/node/lab/literal.js';
import { readNeeds } from '../../../src/node/lab/read-needs.js';

const NOTHING = {
  udev: true,
  measures: false,
  processors: 1,
  long: false,
  modules: [],
  packages: [],
  qemu: [],
  files: {},
};

describe('the needs of a lab file', () => {
  test('are read as they are written in TypeScript', () => {
    const source = `import { test } from 'node:test';
export const needs = {
  udev: false, // polling
  measures: true,
  processors: 2,
  long: true,
  modules: ['vhci-hcd', 'vivid n_devs=1'],
  packages: ["gphoto2"],
  qemu: ['-device', 'usb-mtp,rootdir={files}/mtp'],
  files: { 'mtp/a.txt': 'it\\'s a photo\\n', stick: 16_777_216 },
} satisfies LabNeeds;
`;
    expect(readNeeds(source)).toEqual({
      udev: false,
      measures: true,
      processors: 2,
      long: true,
      modules: ['vhci-hcd', 'vivid n_devs=1'],
      packages: ['gphoto2'],
      qemu: ['-device', 'usb-mtp,rootdir={files}/mtp'],
      files: { 'mtp/a.txt': "it's a photo\n", stick: 16_777_216 },
    });
  });

  test('are read as a compiler writes them', () => {
    expect(readNeeds('var needs = {\n  udev: false\n};\nexport {\n  needs\n};\n').udev).toBe(false);
  });

  test('have a title that names what is special', () => {
    const needs = { udev: false, modules: ['uhid'], qemu: ['-device', 'usb-mtp,rootdir=x'] };
    expect(needsTitle(checkNeeds(needs))).toBe("no udevd; modules uhid; QEMU's usb-mtp");
  });

  test('are a guest with udevd where none are declared', () => {
    expect(readNeeds("import { test } from 'node:test';\n")).toEqual(NOTHING);
  });

  test.each([
    ['export const needs = { udev: other };', 'line 1: a literal was expected, not "other"'],
    ['\nexport const needs = { modules: [1] };', 'line 2: needs.modules has the entry 1'],
    ["export const needs = { modules: ['a;b'] };", 'needs.modules has the entry "a;b"'],
    ["export const needs = { modul: ['a'] };", 'needs has no field modul'],
    ['export const needs = { processors: 0 };', 'needs.processors is no number from 1 to 4'],
    ["export const needs = { udev: 'no' };", 'needs.udev is neither true nor false'],
    ["export const needs = { files: { '../x': 1 } };", 'leads out of its folder'],
    ['export const needs = { files: { x: -1 } };', 'neither a text nor a size'],
    ['export const needs = { files: [1', 'an entry of a list is not one literal'],
    ['export const needs = {', 'a field and its value were expected'],
    ['export const needs = { udev: false && true };', 'the field udev is not one literal'],
    ['export const needs = { qemu: `a${b}` };', 'a literal was expected'],
  ])('that are wrong are refused: %s', (source, message) => {
    expect(() => readNeeds(source)).toThrow(message);
  });
});

describe('a literal', () => {
  test('that JSON writes has the value that JSON reads', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.boolean(),
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(value, (each) => {
        // JSON escapes what a JavaScript string may hold as it is; those escapes are not part of lab files.
        const text = JSON.stringify(each, null, 1);
        fc.pre(!/\\[ubf]/.test(text));
        expect(readLiteral(text, 0)).toEqual(each);
      }),
    );
  });

  test('of any text is a value or an Error, in bounded time', () => {
    const text = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', ',', ':', "'", '\\', '/', '*', 'a', '1', ' '),
    });
    fc.assert(
      fc.property(text, (each) => {
        try {
          readLiteral(each, 0);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect(error).not.toBeInstanceOf(RangeError);
        }
      }),
    );
    expect(() => readLiteral('['.repeat(100_000), 0)).toThrow('nested too deeply');
  });
});
