import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shownValue } from '../../../../../src/core/request/resolve/resolved';
import { rowHead } from '../../../../../src/core/run/rows/rowHead';

/** What a file tells of its rows: `name=value@line:character` for each field, `…` where there may be more. */
function told(text: string, file = 'a.csv', most = Infinity): string {
  const bytes = new TextEncoder().encode(text);
  const head = rowHead(bytes.slice(0, most), bytes.length <= most, file);
  if (!head) return 'nothing';
  if (!head.ok) return `${head.code} ${JSON.stringify(head.data)}`;
  const fields = Array.from(head.fields, ([name, { value, place }]) => {
    const at = place && `${place.line}:${place.character}+${place.length}`;
    return `${name}=${value ? shownValue(value) : '?'}@${at ?? '?'}`;
  });
  return [...fields, ...(head.isComplete ? [] : ['…'])].join(' ');
}

describe('the beginning of a CSV file', () => {
  const table: readonly (readonly [name: string, text: string, told: string])[] = [
    ['its columns with the first row', 'sku,n\nA-1,2\nB-2,3\n', 'sku=A-1@0:0+3 n=2@0:4+1'],
    ['columns without a row', 'sku,n\n', 'sku=?@0:0+3 n=?@0:4+1'],
    ['other separators', 'sku;n\nA-1;2', 'sku=A-1@0:0+3 n=2@0:4+1'],
    ['empty lines, a byte order mark and Windows', '\uFEFF\r\n\r\na,b\r\n\r\n1,2\r\n', 'a=1@2:0+1 b=2@2:2+1'],
    ['quotes and spaces', '"sku", due date ,"n"\nA-1,x,2\n', 'sku=A-1@0:0+5 due date=x@0:6+10 n=2@0:17+3'],
    ['a cell over several lines', 'a,b\n"1\n2",3\n', 'a=1\n2@0:0+1 b=3@0:2+1'],
    ['no column that means something else', 'uuid,a\n1,2\n', 'a=2@0:5+1'],
    ['nothing in an empty file', '\n\n', 'nothing'],
    ['a header that cannot be', 'a,b.c\n', 'rows.badHeader {"file":"a.csv","name":"\\"b.c\\""}'],
    ['a column that is there twice', 'a,a\n', 'rows.duplicateHeader {"file":"a.csv","name":"a"}'],
    ['a ragged row', 'a,b\n1\n', 'rows.ragged {"file":"a.csv","line":2,"found":1,"expected":2}'],
    ['a quote that is not closed', 'a,b\n1,"2\n', 'rows.badQuote {"file":"a.csv","line":2}'],
  ];
  for (const [name, text, expected] of table) it(name, () => assert.equal(told(text), expected));

  it('names all columns wherever it is cut behind the header', () => {
    const text = 'größe,b\n"ä\nö",2\n3,4\n';
    const whole = 'größe=ä\nö@0:0+5 b=2@0:6+1';
    for (let most = 0; most <= 30; most++) {
      const expected = most < 10 ? 'nothing' : most < 20 ? 'größe=?@0:0+5 b=?@0:6+1' : whole;
      assert.equal(told(text, 'a.csv', most), expected, String(most));
    }
  });

  it('shows nothing that is or looks like a secret', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl';
    assert.equal(
      told(`user,password,note\nann,pw,${jwt}\n`),
      'user=ann@0:0+4 password=••••••@0:5+8 note=••••••@0:14+4',
    );
  });

  it('that is no text', () => {
    assert.deepEqual(rowHead(new Uint8Array([0x61, 0xff, 0x0a]), true, 'a.csv'), {
      ...{ ok: false, code: 'rows.notUtf8' },
      data: { file: 'a.csv' },
    });
  });
});

describe('the beginning of a JSON file', () => {
  const table: readonly (readonly [name: string, text: string, told: string])[] = [
    ['all fields of all items', '[{"a": "x", "b": 1.10}, {"c": null}]', 'a=x@0:2+3 b=1.10@0:12+3 c=null@0:25+3'],
    ['items that are none', '[1, {"a": {"b": [2]}}]', 'item=1@? a={"b":[2]}@0:5+3'],
    ['a list of lists', '[["a"], ["b"]]', 'item=["a"]@?'],
    ['lines', '[\n  {\n    "a": { "x": 1 },\n    "x": 2\n  }\n]', 'a={"x":1}@2:4+3 x=2@3:4+3'],
    ['names in escapes', '[{"\\u0061b": 1}]', 'ab=1@0:2+9'],
    ['no names that an expression cannot have', '[{"a.b": 1, "now": 2, "c": 3}]', 'c=3@0:22+3'],
    ['nothing that is known yet', '[]', '…'],
    ['no list', '{"a": 1}', 'rows.notAList {"file":"a.json"}'],
    [
      'too many levels',
      `[{"a": ${'['.repeat(2_000)}${']'.repeat(2_000)}}]`,
      'rows.tooDeep {"file":"a.json","limit":500}',
    ],
    ['no JSON', '[\n1,\nx]', 'rows.notJson {"file":"a.json","line":3}'],
  ];
  for (const [name, text, expected] of table) it(name, () => assert.equal(told(text, 'a.json'), expected));

  it('tells what it can wherever it is cut', () => {
    const text = '[{"a": "],{\\""}, {"ö": 2}, 3]';
    const first = 'a=],{"@0:2+3';
    for (let most = 0; most <= 31; most++) {
      const known = most < 16 ? 'nothing' : most < 27 ? `${first} …` : `${first} ö=2@0:18+3 …`;
      assert.equal(told(text, 'a.json', most), most > 29 ? `${first} ö=2@0:18+3 item=3@?` : known, String(most));
    }
    assert.equal(told('{"a": [1, 2]}', 'a.json', 9), 'nothing');
  });

  it('shows nothing that is or looks like a secret', () => {
    assert.equal(
      told('[{"user": {"name": "ann", "apiKey": "k"}}]', 'a.json'),
      'user={"name":"ann","apiKey":••••••}@0:2+6',
    );
  });
});
