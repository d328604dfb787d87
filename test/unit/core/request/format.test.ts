import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyTable } from '../../../../src/core/request/format/keyTable';
import { projectFileKeys } from '../../../../src/core/request/format/projectKeys';
import { requestFileKeys } from '../../../../src/core/request/format/requestKeys';
import { isName } from '../../../../src/core/request/names';
import { parseDuration } from '../../../../src/core/request/duration';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';

function describeTable(name: string, table: KeyTable): void {
  describe(`the description of ${name}`, () => {
    for (const [key, { docs, keys, values }] of Object.entries(table)) {
      it(`${key} has a sentence`, () => {
        assert.match(docs, /^[A-Z].*\.$/);
        for (const value of Object.values(values ?? {})) assert.match(value.docs, /^[A-Z].*\.$/);
      });
      if (keys) describeTable(`${name}.${key}`, keys);
    }
  });
}
describeTable('a request file', requestFileKeys);
describeTable('the project file', projectFileKeys);

describe('the description and the decoder agree', () => {
  const codesOf = (diagnostics: readonly { code: string }[]): readonly string[] => diagnostics.map(({ code }) => code);
  for (const key of Object.keys(requestFileKeys)) {
    it(`on ${key} at the top of a request file`, () => {
      const codes = codesOf(parseRequestFile(`${key}: null`).diagnostics);
      assert.deepEqual(codes, []);
    });
  }
  for (const key of Object.keys(projectFileKeys)) {
    it(`on ${key} at the top of the project file`, () => {
      const codes = codesOf(parseProjectFile(`${key}: null`).diagnostics);
      assert.deepEqual(codes, []);
    });
  }
  for (const key of Object.keys(requestFileKeys.requests.keys)) {
    it(`on ${key} in a request`, () => {
      const codes = codesOf(parseRequestFile(`requests: { a: { ${key}: null } }`).diagnostics);
      assert.equal(
        codes.some((code) => code.startsWith('request.unknownKey')),
        false,
      );
    });
  }
  for (const key of Object.keys(projectFileKeys.connections.keys)) {
    it(`on ${key} in a connection`, () => {
      const codes = codesOf(parseProjectFile(`connections: { a: { ${key}: null } }`).diagnostics);
      assert.deepEqual(codes, []);
    });
  }
});

describe('durations', () => {
  const table: readonly (readonly [text: string, milliseconds: number | undefined])[] = [
    ['250ms', 250],
    ['30s', 30_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['1.5s', 1_500],
    ['0s', 0],
    ['30', undefined],
    ['-1s', undefined],
    ['1 s', undefined],
    ['1d', undefined],
    ['', undefined],
    ['1e3s', undefined],
    ['999999999h', undefined],
    ['1constructor', undefined],
  ];
  for (const [text, milliseconds] of table)
    it(`${text} is ${String(milliseconds)}`, () => assert.equal(parseDuration(text), milliseconds));
});

describe('names', () => {
  for (const name of ['a', 'A1', 'page size', 'x-y_z', 'größe', '名前', '1'])
    it(`${name} is one`, () => assert.ok(isName(name)));
  for (const name of ['', ' a', 'a ', 'a.b', 'a/b', '${a}', 'a\nb', 'a\tb', 'a:b', 'x'.repeat(201)]) {
    it(`${JSON.stringify(name).slice(0, 20)} is none`, () => assert.ok(!isName(name)));
  }
});
