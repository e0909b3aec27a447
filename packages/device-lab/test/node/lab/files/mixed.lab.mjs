import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

console.log('the file speaks');
test('passes', () => {});
test('fails', () => assert.equal(1, 2, 'one is not two'));
test('is left out', { skip: 'no device' }, () => {});
suite('a suite', () => {
  test('with a test that has tests', async (t) => {
    await t.test('the inner one', () => {});
  });
  test('that knows where it runs', () => {
    assert.equal(process.env.LAB_WHERE, 'host');
    assert.equal(process.env.LAB_UDEV, '0');
  });
});
