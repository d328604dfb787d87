import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import { layers } from '../../tools/run/layers';
import { selectLayers } from '../../tools/run/selectLayers';

const names = (...asked: string[]): readonly string[] => selectLayers(layers, asked).map(({ name }) => name);

test('without names everything runs', () => {
  assert.deepEqual(selectLayers(layers, []), layers);
});

test('a layer or a group is chosen by name, in the order of the run', () => {
  assert.deepEqual(names('unit', 'types'), ['types', 'unit']);
  assert.deepEqual(names('vscode'), ['vscode-1.105.1', 'vscode-1.139.1']);
});

test('journeys bring the package along that they install', () => {
  assert.deepEqual(names('journey'), ['package', 'journey']);
});

test('an unknown name is refused with the known ones', () => {
  assert.throws(() => names('unti'), /no layer unti.*unit.*journey/);
});
