import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { release } from 'node:os';
import { test } from 'node:test';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { udev: true } satisfies LabNeeds;

void test('the lab has a kernel of its own, with this Node on it', () => {
  assert.match(release(), /^\d+\.\d+/);
  assert.match(process.version, /^v\d+/);
});

void test('udevd runs', () => {
  assert.ok(existsSync('/run/udev/control'));
});
