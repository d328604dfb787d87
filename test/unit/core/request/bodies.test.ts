import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openBody, type RequestBody } from '../../../../src/core/http/requestBody';
import { bodyBytes } from '../../../../src/core/http/wireBody';
import type { FileContents } from '../../../../src/core/ports';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { textOf } from '../../../../src/core/request/resolve/resolved';
import { Secret } from '../../../../src/core/secret';
import { fc } from '../../../helpers/properties';
import { bodyText, headerLines, refused, resolved, summary } from '../../../helpers/requestFiles';

function file(...lines: readonly string[]): string {
  return ['requests:', '  it:', '    post: https://a.example/', ...lines.map((line) => `    ${line}`)].join('\n');
}

const files: FileContents = {
  content: (_folder, path) => {
    const bytes = new TextEncoder().encode(`content of ${path}`);
    return Promise.resolve({
      size: bytes.length,
      async *stream() {
        yield await Promise.resolve(bytes.subarray(0, 3));
        yield bytes.subarray(3);
      },
    });
  },
};

async function sent(body: RequestBody | undefined): Promise<Uint8Array<ArrayBuffer>> {
  assert.ok(body && !(body instanceof Uint8Array) && !(body instanceof Secret));
  const opened = await openBody({ ...body, folder: 'file:///work' }, files);
  const pieces: Uint8Array[] = [];
  for await (const piece of bodyBytes(opened)) pieces.push(piece.slice());
  return new Uint8Array(Buffer.concat(pieces));
}

describe('XML bodies', () => {
  it('escape what is put in, and nothing else', () => {
    const request = resolved(`variables: { v: '<&">' }\n${file('xml: "<a b=\'${v}\'>${v} &amp;</a>"')}`);
    assert.equal(bodyText(request), "<a b='&lt;&amp;&quot;&gt;'>&lt;&amp;&quot;&gt; &amp;</a>");
    assert.deepEqual(headerLines(request), ['Content-Type: application/xml']);
  });
});

describe('an XML document of its own', () => {
  it('goes as it is', () => {
    assert.equal(bodyText(resolved(`variables: { v: '<a/>' }\n${file('xml: "${v}"')}`)), '<a/>');
  });
});

describe('GraphQL bodies', () => {
  it('are JSON with the types of their variables, and ask for what servers answer', () => {
    const request = resolved(
      `variables: { n: 3 }\n${file('graphql: { query: "query A($n: Int) { a(n: $n) }", variables: { n: "${n}" }, operationName: A }')}`,
    );
    assert.equal(
      bodyText(request),
      '{"query":"query A($n: Int) { a(n: $n) }","variables":{"n":3},"operationName":"A"}',
    );
    assert.deepEqual(headerLines(request), [
      'Content-Type: application/json',
      'Accept: application/graphql-response+json, application/json;q=0.9',
    ]);
  });

  it('are the query alone as well', () => {
    assert.equal(bodyText(resolved(file('graphql: "{ me { id } }"'))), '{"query":"{ me { id } }"}');
  });

  it('leave the header to the file', () => {
    const request = resolved(file('headers: { Accept: application/json }', 'graphql: "{ me }"'));
    assert.deepEqual(headerLines(request), ['Accept: application/json', 'Content-Type: application/json']);
  });
});

describe('files as bodies', () => {
  it('are named relative to the request file, and typed by their names', async () => {
    const request = resolved(file('file: ../data/a.pdf'), { directory: 'api' });
    assert.deepEqual(headerLines(request), ['Content-Type: application/pdf']);
    assert.equal(new TextDecoder().decode(await sent(request.body)), 'content of data/a.pdf');
  });

  for (const [path, code] of [
    ['../x', 'fileOutside'],
    ['/etc/passwd', 'fileOutside'],
    ['.env', 'fileForbidden'],
  ] as const) {
    it(`are not ${path}`, () => {
      assert.deepEqual(refused(file(`file: ${path}`)), [`error expression.${code} «${path}»`]);
    });
  }
});

describe('multipart bodies', () => {
  const parse = async (text: string): Promise<FormData> => {
    const request = resolved(text);
    const [header] = headerLines(request);
    const type = header?.replace('Content-Type: ', '') ?? '';
    return new Response(await sent(request.body), { headers: { 'content-type': type } }).formData();
  };

  it('hold texts, JSON and files, in order, a list as often as it is long', async () => {
    const form = await parse(
      file(
        'multipart:',
        '  note: [March, 7]',
        '  meta: { json: { n: 1.10 } }',
        '  page: { text: "<p>", type: text/html }',
        '  invoice: { file: ./a/b.pdf, name: "my \\"b\\".pdf" }',
      ),
    );
    assert.deepEqual(form.getAll('note'), ['March', '7']);
    const [meta, page, invoice] = ['meta', 'page', 'invoice'].map((name) => form.get(name));
    assert.equal(meta, '{"n":1.10}');
    assert.equal(page, '<p>');
    assert.ok(invoice instanceof File);
    assert.equal(invoice.name, 'my "b".pdf');
    assert.equal(invoice.type, 'application/pdf');
    assert.equal(await invoice.text(), 'content of a/b.pdf');
  });

  it('come back as they were, whatever names and texts hold', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 30 })
      .map((found) => found.replace(/[\r\n\ud800-\udfff]/g, '-'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), async (pairs) => {
        const lines = new Map(pairs.filter(([name]) => name !== ''));
        if (lines.size === 0) return;
        const quoted = (value: string): string => JSON.stringify(value.replaceAll('${', '$'));
        const yaml = [...lines].map(
          ([name, value]) => `  ? ${JSON.stringify(name)}\n      : [${quoted(value)}, { file: f.bin }]`,
        );
        const source = file('multipart:', ...yaml);
        if (parseRequestFile(source).diagnostics.length > 0) return;
        const form = await parse(source);
        for (const [name, value] of lines) {
          assert.equal(form.getAll(name)[0], value.replaceAll('${', '$'));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('complete the type that a file sets', () => {
    const request = resolved(file('headers: { Content-Type: multipart/mixed }', 'multipart: { a: b }'));
    assert.match(headerLines(request).join(), /^Content-Type: multipart\/mixed; boundary=latchkey-[0-9a-f]{32}$/);
  });

  it('keep a secret one, beside a file', () => {
    const supplies = { find: () => ({ state: 'known', value: textOf(new Secret('s3cret-value')) }) as const };
    const { body } = resolved(file('multipart: { token: "${secret:x}", f: { file: ./f.bin } }'), { supplies });
    assert.ok(body && 'parts' in body);
    assert.ok(body.parts.some((part) => part instanceof Secret));
    assert.ok(
      !body.parts.some((part) => part instanceof Uint8Array && new TextDecoder().decode(part).includes('s3cret')),
    );
  });
});

describe('bodies that cannot be read', () => {
  const table: readonly (readonly [lines: string, expected: readonly string[]])[] = [
    ['graphql: { variables: { a: 1 } }', ['error request.wrongKind «{ variables: { a: 1 } }»']],
    ['graphql: { query: "{ a }", variables: 1 }', ['error request.wrongKind «1»']],
    ['graphql: { qery: "{ a }" }', ['error request.unknownKey «qery»']],
    ['multipart: text', ['error request.wrongKind «text»']],
    ['multipart: { a: { file: ./a, text: b } }', ['error request.wrongKind «{ file: ./a, text: b }»']],
    ['multipart: { a: { type: text/plain } }', ['error request.wrongKind «{ type: text/plain }»']],
    ['multipart: { a: [[1]] }', ['error request.wrongKind «[1]»']],
    ['multipart: { a: { fil: ./a } }', ['error request.unknownKey «fil»']],
    ['file: [a]', ['error request.wrongKind «[a]»']],
    ['json: 1\n    file: ./a', ['error request.twoBodies «file»']],
  ];
  for (const [lines, expected] of table) {
    it(lines, () => {
      const text = file(lines);
      assert.deepEqual(summary(text, parseRequestFile(text).diagnostics), expected);
    });
  }
});
