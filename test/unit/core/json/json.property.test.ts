import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareDecimals, isWhole } from '../../../../src/core/json/decimal';
import { equalJson } from '../../../../src/core/json/equalJson';
import { readJson } from '../../../../src/core/json/readJson';
import { plainJson } from '../../../../src/core/expect/schema/plainJson';
import { toResolved, toJsonValue, plainLeaf } from '../../../../src/core/expect/jsonResolved';
import { toJson } from '../../../../src/core/request/resolve/resolved';
import { fc } from '../../../helpers/properties';

describe('the JSON reader', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readJson(text);
        assert.ok(read.ok);
        assert.deepEqual(JSON.parse(JSON.stringify(plainJson(read.value))), JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const piece = fc.constantFrom(
      ...'{}[],:"\\ \n'.split(''),
      '1',
      '-',
      '.',
      'e',
      '0',
      'true',
      'nul',
      '"a"',
      '\u0001',
      '\\u00e9',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        assert.equal(readJson(text).ok, valid, text);
      }),
      { numRuns: 5_000 },
    );
  });

  it('keeps digits and the order of members, there and back', () => {
    const text = '{"2":1.10,"1":12345678901234567890,"__proto__":[1e400,-0,0.0],"a":{"b":null}}';
    const read = readJson(text);
    assert.ok(read.ok);
    const resolved = toResolved(read.value, undefined, plainLeaf);
    assert.ok(resolved);
    assert.equal(toJson(resolved), text);
    assert.ok(equalJson(toJsonValue(resolved), read.value));
  });
});

describe('decimals', () => {
  const equal = ['1', '1.0', '1.00', '10e-1', '0.1e1', '0.01E+2', '1000e-3', '01'];
  for (const one of equal) it(`1 is ${one}`, () => assert.equal(compareDecimals('1', one), 0));
  const rising = [
    '-1e400',
    '-12345678901234567891',
    '-12345678901234567890',
    '-1.1',
    '-1',
    '-1e-400',
    '0',
    '1e-400',
    '1',
    '1.0000000000000000001',
    '9',
    '10',
    '12345678901234567890',
    '12345678901234567891',
    '1e400',
  ];
  for (const [index, low] of rising.slice(0, -1).entries()) {
    it(`${low} is less than what follows`, () => {
      for (const high of rising.slice(index + 1)) {
        assert.ok((compareDecimals(low, high) ?? 0) < 0, high);
        assert.ok((compareDecimals(high, low) ?? 0) > 0, high);
      }
    });
  }
  it('zero has no sign', () => assert.equal(compareDecimals('-0.0e5', '0'), 0));
  it('what is no number is compared with nothing', () => assert.equal(compareDecimals('a', 'a'), undefined));
  it('whole numbers', () => {
    assert.deepEqual(['1', '1.0', '1.5', '1e2', '1e-2', '100e-2', '0.0', '-7'].map(isWhole), [
      true,
      true,
      false,
      true,
      false,
      true,
      true,
      true,
    ]);
  });
  it('agree with the numbers of JavaScript', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        assert.equal(Math.sign(compareDecimals(String(a), String(b)) ?? NaN), a === b ? 0 : a < b ? -1 : 1);
      }),
    );
  });
});
