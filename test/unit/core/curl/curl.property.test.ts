import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nothingExpected } from '../../../../src/core/expect/expectations';
import { curlText } from '../../../../src/core/curl/curlText';
import { cmdWords } from '../../../../src/core/curl/cmdWords';
import { shellWord } from '../../../../src/core/curl/shellText';
import { shellWords } from '../../../../src/core/curl/shellWords';
import { templateSource } from '../../../../src/core/curl/marks';
import { parseYaml } from '../../../../src/core/request/yaml/parseYaml';
import { Reporter } from '../../../../src/core/request/reporter';
import { blockLines, flowEntry, type NewYaml } from '../../../../src/core/request/edit/newYaml';
import type { YamlNode } from '../../../../src/core/request/yaml/yamlNode';
import type { HttpRequest } from '../../../../src/core/http/httpRequest';
import type { FormField } from '../../../../src/core/http/requestBody';
import { multipartParts } from '../../../../src/core/request/resolve/multipart';
import { revealForTransport, Secret, type Sensitive } from '../../../../src/core/secret';
import { bodyText, sentFor } from './importedRequest';
import { fc } from '../../../helpers/properties';

const noMarks = (text: string): boolean => !/[\0\ufdd0-\ufdd5]/.test(text) && !/\p{Cs}/u.test(text);
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...Array.from(`'"\\$\`!^&|<>;()#%{}[] \t\n\r=a1é😀`)), maxLength: 20 }),
  )
  .filter(noMarks);

it('a POSIX shell reads back the words that were quoted', () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (words) => {
      const line = words.map((word) => shellWord([word])).join(' ');
      assert.deepEqual(shellWords(line), { words, input: undefined, left: [] });
    }),
  );
});

/** What bash's printf %q and browsers write. */
function ansiQuoted(text: string): string {
  const escaped = text.replace(/[^ -&(-[\]-~]/gu, (character) =>
    Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );
  return `$'${escaped}'`;
}

it('and what browsers quote for bash', () => {
  fc.assert(fc.property(anyText, (text) => assert.deepEqual(shellWords(ansiQuoted(text)).words, [text])));
});

/** As Chrome quotes for the Windows command prompt. */
function cmdQuoted(text: string): string {
  const quoted = text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
    .replace(/%(?=[a-zA-Z0-9_])/g, '%^')
    .replace(/\r?\n/g, '^\n\n');
  return `^"${quoted}^"`;
}

it('and what browsers quote for the Windows command prompt', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const expected = text.replaceAll('\r\n', '\n');
      fc.pre(!expected.includes('\r'));
      assert.deepEqual(cmdWords(`curl ${cmdQuoted(text)} ^\n  -X ^"GET^"`).words, ['curl', expected, '-X', 'GET']);
    }),
  );
});

const templateText = fc.oneof(
  anyText,
  fc.constantFrom(
    'true',
    '1.10',
    '007',
    '~',
    'a: b',
    'a #b',
    '*/*',
    '- a',
    '${x}',
    'a\n\nb\n',
    'a\n  b',
    '{{x}}',
    '"x"',
    '---',
    '...',
    '?',
    ':',
    '|',
    '>',
  ),
);
const tree: fc.Arbitrary<NewYaml> = fc.letrec<{ tree: NewYaml }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    templateText.map((text): NewYaml => ({ kind: 'text', text })),
    fc.constantFrom('1.10', 'true', 'null', '-3').map((source): NewYaml => ({ kind: 'raw', source })),
    fc.array(tie('tree'), { maxLength: 3 }).map((items): NewYaml => ({ kind: 'list', items })),
    fc
      .uniqueArray(fc.tuple(templateText, tie('tree')), { maxLength: 3, selector: ([key]) => key })
      .map((entries): NewYaml => ({ kind: 'map', entries })),
  ),
})).tree;

function plainOf(value: NewYaml): unknown {
  if (value.kind === 'text') return { text: value.text };
  if (value.kind === 'raw') return value.source;
  if (value.kind === 'list') return value.items.map(plainOf);
  return { map: value.entries.map(([key, inner]) => [key, plainOf(inner)]) };
}

function readOf(node: YamlNode | undefined): unknown {
  switch (node?.kind) {
    case 'text':
      return { text: node.text };
    case 'number':
      return node.literal;
    case 'boolean':
      return String(node.value);
    case 'list':
      return node.items.map(readOf);
    case 'map':
      return { map: node.entries.map(({ key, value }) => [key, readOf(value)]) };
    case 'null':
    case undefined:
      return 'null';
  }
}

it('whatever is written as YAML is read back as it was meant, in block and in flow style', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const block = `a:\n${blockLines(['b', value], '  ').join('\n')}\n  c: 1\n`;
      const flow = `a: { ${flowEntry(['b', value])}, c: 1 }\n`;
      for (const text of [block, flow]) {
        const expected = {
          map: [
            [
              'a',
              {
                map: [
                  ['b', plainOf(value)],
                  ['c', '1'],
                ],
              },
            ],
          ],
        };
        assert.deepEqual(readOf(parseYaml(text, new Reporter())), expected, text);
      }
    }),
    { numRuns: 500 },
  );
});

it('what stands in for nothing is not expanded', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(templateSource(text).replaceAll('$${', '${'), text);
    }),
  );
});

const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const queryText = fc.string({ unit: 'grapheme', maxLength: 12 }).filter(noMarks);
const url = fc
  .record({
    host: fc.stringMatching(/^[a-z]{1,8}\.(?:dev|example)$/),
    path: fc.array(fc.stringMatching(/^[\w~!$&'()*+,;=:@%. é-]{0,10}$/), { maxLength: 4 }),
    query: fc.array(fc.tuple(queryText, queryText), { maxLength: 4 }),
  })
  .map(({ host, path, query }) => {
    const made = new URL(`https://${host}/`);
    made.pathname = path.map((part) => encodeURIComponent(part)).join('/');
    for (const [name, value] of query) made.searchParams.append(name, value);
    return made.href;
  });

const body = fc.oneof(
  fc.json({ maxDepth: 4 }).map((text) => ({ type: 'application/json', text })),
  fc.array(fc.tuple(queryText, queryText), { maxLength: 4 }).map((pairs) => ({
    type: 'application/x-www-form-urlencoded',
    text: new URLSearchParams(pairs).toString(),
  })),
  anyText.map((text) => ({ type: 'text/plain; charset=utf-8', text })),
  anyText.map((text) => ({ type: 'application/octet-stream', text })),
);

const ownNames =
  /^(?:host|content-length|content-type|connection|keep-alive|transfer-encoding|expect|accept|authorization|cookie)$/;

const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PURGE', 'query'),
    url,
    headers: fc.uniqueArray(fc.tuple(token, headerValue), { maxLength: 4, selector: ([name]) => name }),
    body: fc.option(body, { nil: undefined }),
    total: fc.option(fc.integer({ min: 1, max: 90_000 }), { nil: undefined }),
  })
  .map(({ method, url: address, headers, body: sent, total }): HttpRequest => ({
    ...{ name: 'a', method, url: address, redirects: 10, auth: { kind: 'none' } },
    headers: [
      ...headers.filter(([name]) => !ownNames.test(name)),
      ...(sent ? ([['Content-Type', sent.type]] as const) : []),
    ],
    body: sent && new TextEncoder().encode(sent.text),
    timeouts: { connect: undefined, headers: undefined, idle: undefined, total },
    expect: nothingExpected,
    captures: [],
  }));

function comparable(sent: HttpRequest): unknown {
  const address = new URL(revealForTransport(sent.url));
  const text = bodyText(sent);
  const type = sent.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    method: sent.method,
    path: address.origin + decodeURIComponent(address.pathname),
    query: [...address.searchParams],
    headers: sent.headers
      .map(([name, value]): readonly [string, string] => [name.toLowerCase(), shown(value)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    body: text !== undefined && String(type).includes('json') ? (JSON.parse(text) as unknown) : text,
    total: sent.timeouts.total,
  };
}

function shown(value: Sensitive): string {
  return revealForTransport(value);
}

it('a request that is copied as cURL and pasted is the same request', () => {
  fc.assert(
    fc.property(request, (sent) => {
      const command = curlText(sent, (value) => [revealForTransport(value)]);
      assert.deepEqual(comparable(sentFor(command)), comparable(sent), command);
    }),
    { numRuns: 400 },
  );
});

const plainParts = (value: Sensitive): readonly string[] => [revealForTransport(value)];

const post: HttpRequest = {
  ...{ name: 'a', method: 'POST', url: 'https://api.example/a', headers: [], redirects: 10, auth: { kind: 'none' } },
  body: undefined,
  timeouts: { connect: undefined, headers: undefined, idle: undefined, total: undefined },
  expect: nothingExpected,
  captures: [],
};

it('what signs a request comes back', () => {
  const user = fc.stringMatching(/^[A-Za-z0-9 '"$\\é]{1,12}$/);
  fc.assert(
    fc.property(user, anyText, fc.boolean(), (username, password, isDigest) => {
      fc.pre(password !== '');
      const auth: HttpRequest['auth'] = isDigest
        ? { kind: 'digest', username, password: new Secret(password) }
        : {
            ...{ kind: 'awsSigV4', region: 'eu-central-1', service: 's3', accessKeyId: username },
            ...{ secretAccessKey: new Secret(password), sessionToken: new Secret('session') },
          };
      const command = curlText({ ...post, auth }, plainParts);
      assert.deepEqual(revealed(sentFor(command).auth), revealed(auth), command);
    }),
  );
});

it('the fields of a form come back, and so does a file', () => {
  const field = fc.record({
    name: anyText.filter((name) => name !== ''),
    content: fc.oneof(anyText, fc.constant({ path: `it's/a "b";c,d.txt` })),
    type: fc.option(fc.constantFrom('text/csv', 'text/csv; charset=utf-8'), { nil: undefined }),
  });
  let asOptions = 0;
  fc.assert(
    fc.property(fc.uniqueArray(field, { minLength: 1, maxLength: 3, selector: ({ name }) => name }), (drawn) => {
      const form = drawn.map(({ name, content, type }): FormField =>
        typeof content === 'string'
          ? { name, content, type, fileName: undefined }
          : { name, content, type: type ?? 'text/plain', fileName: `a "b";c,d.txt` },
      );
      const headers = [['Content-Type', 'multipart/form-data; boundary=b']] as const;
      const body = { folder: undefined, parts: multipartParts(form, 'b'), form };
      const command = curlText({ ...post, headers, body }, plainParts);
      if (command.includes('--data-binary')) return;
      asOptions++;
      const back = sentFor(command).body;
      assert.deepEqual(revealed(back && 'form' in back ? back.form : undefined), revealed(form), command);
    }),
  );
  assert.ok(asOptions > 20, `${asOptions} with -F`);
  const file = curlText({ ...post, body: { folder: undefined, parts: [{ path: `it's/a "b".bin` }] } }, plainParts);
  const back = sentFor(file).body;
  assert.deepEqual(back && 'parts' in back ? back.parts : undefined, [{ path: `it's/a "b".bin` }]);
});

function revealed(value: unknown): unknown {
  if (value instanceof Secret) return value.revealForTransport();
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revealed(item)]));
}
