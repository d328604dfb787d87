import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Validator } from '@cfworker/json-schema';
import { jsonSchemaOf } from '../../../../src/core/request/format/jsonSchema';
import { isNamed } from '../../../../src/core/request/format/keyReference';
import type { KeyDescription, KeyTable } from '../../../../src/core/request/format/keyTable';
import { projectFileKeys } from '../../../../src/core/request/format/projectKeys';
import { requestFileKeys } from '../../../../src/core/request/format/requestKeys';
import type { Diagnostic, DiagnosticCode } from '../../../../src/core/request/diagnostic';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { fc } from '../../../helpers/properties';

/** What the decoder says about the shape of a file: which keys there are, and what kind of value stands behind them. */
const SHAPE_CODES: ReadonlySet<DiagnosticCode> = new Set([
  'request.unknownKey',
  'request.unknownKeyHere',
  'request.wrongKind',
  'request.unknownValue',
  'request.badDuration',
  'request.badStatus',
  'request.badSize',
]);

interface FileKind {
  readonly name: string;
  readonly table: KeyTable;
  readonly diagnostics: (text: string) => readonly Diagnostic[];
}

const kinds: readonly FileKind[] = [
  { name: 'request file', table: requestFileKeys, diagnostics: (text) => parseRequestFile(text).diagnostics },
  { name: 'project file', table: projectFileKeys, diagnostics: (text) => parseProjectFile(text).diagnostics },
];

/** One key of the format, and the document that has a value there and nothing that would be wrong about the rest. */
interface Place {
  readonly path: string;
  readonly key: KeyDescription;
  readonly document: (value: unknown) => unknown;
}

/** Keys that only make sense beside others. */
const companions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'auth.account': { connection: 'acme' },
  'auth.scopes': { connection: 'acme' },
  'auth.in': { connection: 'acme' },
  'auth.name': { connection: 'acme' },
  'a.messages': { websocket: '/feed' },
  'retry.interval': { times: 1 },
  'retry.until': { times: 1 },
  'a.secret': { from: '$.id' },
  'graphql.variables': { query: '{ orders }' },
  'graphql.operationName': { query: '{ orders }' },
  'privateKey.keyId': { key: '${secret:key}' },
  'privateKey.algorithm': { key: '${secret:key}' },
};

/** Keys whose values are looked at further than a shape can say: names that must exist, texts of a certain form. */
const judgedFurther =
  /^protect$|\.clientSecret$|\.privateKey(\.key)?$|\.exchange\.(subject|actor)$|\.redirect(\.loopback\.path)?$|auth((\.apiKey)?\.name|\.hmac\.header)?$|\.capture$|\.retry$|\.choices$|\.multipart(\.a\.(type|name))?$|\.graphql$|\.sha256$|\.(expect|until)\.(time|size)$/;

function* placesOf(table: KeyTable, path: string, wrap: (value: unknown) => unknown): Generator<Place> {
  for (const [name, key] of Object.entries(table)) {
    const here = path === '' ? name : `${path}.${name}`;
    const beside = companions[here.split('.').slice(-2).join('.')] ?? {};
    const document = (value: unknown): unknown => wrap({ ...beside, [name]: value });
    yield { path: here, key, document };
    if (!key.keys) continue;
    if (isNamed(key.kind)) yield* placesOf(key.keys, `${here}.a`, (value) => document({ a: value }));
    else yield* placesOf(key.keys, here, document);
  }
}

/** Numbers in quotes are taken where numbers are, and not advertised: the schema says what people should write. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 'text', 'none', '30s', '2XX', '', -1, 0, 1, 1.5, 100, 101, 200, 400, 499, 500, 65_535, 65_536],
  ...[[], ['text'], [200], [1.5], [true], [null], [[]], [{}], ['text', {}], [401, 403]],
  ...[{}, { 'x-own': [{}] }, { name: null }, { name: 'text' }, { name: 1 }, { name: ['text', null] }],
  ...[{ name: {} }, { name: [{}] }, { name: [[]] }, { name: { key: {} } }],
];

function valuesFor({ values, keys }: KeyDescription): readonly unknown[] {
  return [...VALUES, ...Object.keys(values ?? {}), ...(keys ? [{ 'no such key': 1 }] : [])];
}

for (const { name, table, diagnostics } of kinds) {
  const validator = new Validator(jsonSchemaOf(table, name), '7');
  const places = [...placesOf(table, '', (value) => value)];

  const compare = ({ path, key, document }: Place, value: unknown): void => {
    const written = document(value);
    const text = JSON.stringify(written);
    const found = diagnostics(text);
    const isValid = validator.validate(written).valid;
    if (!isValid) assert.ok(found.length > 0, `the schema refuses, the decoder takes ${text}`);
    // What stands behind a key of any shape is for the decoder alone to judge.
    if (key.kind === 'any') return;
    const wrong = found
      .filter(({ code }) => SHAPE_CODES.has(code))
      .map(({ code, data }) => `${code} ${JSON.stringify(data)}`);
    if (isValid && !judgedFurther.test(path)) assert.deepEqual(wrong, [], `the schema takes ${text}`);
  };

  describe(`the JSON Schema of a ${name}`, () => {
    for (const place of places) {
      it(`agrees with the decoder on ${place.path}`, () => {
        for (const value of valuesFor(place.key)) compare(place, value);
      });
    }

    it('agrees on keys that nobody knows', () => {
      assert.ok(!validator.validate({ nothing: 1 }).valid);
      assert.ok(validator.validate({ 'x-mine': { any: ['thing'] } }).valid);
    });

    it('agrees on random values at random places', () => {
      const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => !/"[\d.]+(?:e\d+)?"/i.test(JSON.stringify(json)));
      const property = fc.property(fc.constantFrom(...places), value, compare);
      fc.assert(property, { numRuns: 1_000 });
    });
  });
}
