import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkProjectFile } from '../../../../src/core/request/checkProjectFile';
import { mergeProjectFiles } from '../../../../src/core/request/mergeProjectFiles';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { summary } from '../../../helpers/requestFiles';

function check(text: string, environment?: string, local?: string): readonly string[] {
  const project = parseProjectFile(text);
  const merged = mergeProjectFiles(project, local === undefined ? undefined : parseProjectFile(local));
  return summary(text, checkProjectFile({ ...project, directory: '' }, environment, { ...merged, directory: '' }));
}

describe('what a project file shares with its requests', () => {
  const table: readonly (readonly [name: string, text: string, found: readonly string[]])[] = [
    ['is fine', 'variables: { a: "${b}", b: 1, c: "${uuid} ${list.id} ${secret:x}" }', []],
    ['circles', 'variables: { a: "${b}", b: "${a}" }', ['error variable.cycle «${a}»']],
    ['itself', 'variables: { a: "x${a}" }', ['error variable.cycle «${a}»']],
    [
      'circles through an environment',
      'variables: { a: "${b}" }\nenvironments: { local: { b: "${a}" } }',
      ['error variable.cycle «${b}»'],
    ],
    // A request file may define it.
    ['names that are not here', 'variables: { a: "${nobody}" }', ['info variable.unknownHere «${nobody}»']],
    ['names mistyped', 'variables: { a: "${sise}", size: 1 }', ['warning variable.unknown «${sise}»']],
    [
      'names mistyped in an environment',
      'variables: { size: 1 }\nenvironments: { local: { a: "${sise}" }, other: { a: "${size}" } }',
      ['warning variable.unknown «${sise}»'],
    ],
    ['a value that only environments have', 'variables: { a: "${b}" }\nenvironments: { local: { b: 1 } }', []],
    ['what is no text', 'variables: { a: "x${b}", b: [1] }', ['error variable.notText «${b}»']],
    ['files outside', 'variables: { a: "${file:../x}" }', ['error expression.fileOutside «${file:../x}»']],
    ['inputs', 'variables: { a: "${input:opt}" }\ninputs: { otp: }', ['warning run.unknownInput «${input:opt}»']],
    ['inputs that are not here', 'variables: { a: "${input:x}" }', ['info run.unknownInputHere «${input:x}»']],
    ['the faults of the parse once', 'variables: { a: "${now:1}" }', []],
    [
      'defaults',
      'variables: { api: 1 }\ndefaults: { baseUrl: "${apy}", headers: { A: "${x y z}" }, query: { b: "${api}" } }',
      ['warning variable.unknown «${apy}»', 'info variable.unknownHere «${x y z}»'],
    ],
    [
      'the connection of the defaults',
      'defaults: { auth: acm }\nconnections: { acme: { issuer: https://a.example, origins: [https://a.example] } }',
      ['error request.unknownConnection «acm»'],
    ],
    ['no connection', 'defaults: { auth: None }', ['error request.unknownConnection «None»']],
    ['a connection by variable', 'variables: { who: nobody }\ndefaults: { auth: "${who}" }', [unknown('"${who}"')]],
  ];
  for (const [name, text, found] of table) it(name, () => assert.deepEqual(check(text), found));

  it('counts with the private overrides', () => {
    const text = 'variables: { a: "${b}" }\ndefaults: { auth: mine }';
    assert.deepEqual(check(text), ['info variable.unknownHere «${b}»', unknown('mine')]);
    const local = 'variables: { b: "${nobody}" }\nconnections: { mine: { preset: github, clientId: a } }';
    assert.deepEqual(check(text, undefined, local), []);
    // What is wrong over there has no place here, wherever it stands in its file.
    assert.deepEqual(check('variables: { a: "${b} ${b} ${b} ${b}" }', undefined, 'variables: { b: "${b}" }'), []);
  });

  it('is looked at in the chosen environment', () => {
    const text = 'variables: { a: "${b}" }\nenvironments: { one: { b: 1 }, two: { c: 1 } }';
    assert.deepEqual(check(text, 'one'), []);
    assert.deepEqual(check(text, 'two').length, 1);
  });
});

function unknown(text: string): string {
  return `error request.unknownConnectionHere «${text}»`;
}
