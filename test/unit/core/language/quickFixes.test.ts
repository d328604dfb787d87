import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { movableSecret } from '../../../../src/core/language/quickFixes/moveSecret';
import type { QuickFix, SourceText, TextEdit } from '../../../../src/core/language/quickFixes/quickFix';
import { quickFixes } from '../../../../src/core/language/quickFixes/quickFixes';
import { checkRequestFile } from '../../../../src/core/request/checkRequestFile';
import type { Diagnostic } from '../../../../src/core/request/diagnostic';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { pitfallsIn, RequestFilePitfalls } from '../../../../src/core/request/pitfalls';
import { finish } from '../../../../src/core/request/steps';
import { Reporter } from '../../../../src/core/request/reporter';
import { parseYaml } from '../../../../src/core/request/yaml/parseYaml';
import { fc } from '../../../helpers/properties';

const project = `connections:
  acme:
    issuer: https://login.acme.dev
    origins: # where it may go
      - https://api.acme.dev # ours
environments:
  local: { api: http://localhost }
`;

function source(text: string): SourceText {
  return { text, root: parseYaml(text, new Reporter()) };
}

function diagnosticsOf(text: string, projectText: string | undefined): readonly Diagnostic[] {
  const file = parseRequestFile(text);
  const parsed = projectText === undefined ? undefined : parseProjectFile(projectText);
  return [...file.diagnostics, ...checkRequestFile(file, parsed, parsed && 'local'), ...pitfallsIn(text)];
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.toSorted((a, b) => b.range.start - a.range.start);
  return sorted.reduce((all, { range, text: put }) => all.slice(0, range.start) + put + all.slice(range.end), text);
}

/** What each fix of a kind of mistake makes of the file that it changes. */
function fixed(text: string, code: string, projectText = project): readonly string[] {
  const diagnostic = diagnosticsOf(text, projectText).find((each) => each.code === code);
  assert.ok(diagnostic, JSON.stringify(diagnosticsOf(text, projectText)));
  const fixes = quickFixes(diagnostic, { file: source(text), project: source(projectText), environment: 'local' });
  return fixes.map(({ target, edits }) => apply(target === 'file' ? text : projectText, edits));
}

const request = (lines: string): string => `requests:\n  a:\n    ${lines.replaceAll('\n', '\n    ')}\n`;
const url = 'https://a.dev/';

describe('a mistake is put right', () => {
  const cases: readonly (readonly [what: string, code: string, before: string, after: string])[] = [
    ['an unknown key', 'request.unknownKey', `get: ${url}\nheders: {} # none`, `get: ${url}\nheaders: {} # none`],
    ['an unknown key in quotes', 'request.unknownKey', `get: ${url}\n"heders": {}`, `get: ${url}\n"headers": {}`],
    [
      'an unknown variable',
      'variable.unknown',
      `get: ${url}\${ pai }\nvariables: { api: b }`,
      `get: ${url}\${ api }\nvariables: { api: b }`,
    ],
    ['an unknown filter', 'expression.unknownFilter', `get: ${url}\${uuid|ulr}`, `get: ${url}\${uuid|url}`],
    ['an unknown source', 'expression.unknownSource', `get: ${url}\${sercet:x}`, `get: ${url}\${secret:x}`],
    [
      'an unknown connection',
      'request.unknownConnection',
      'get: https://api.acme.dev\nauth: "acne"',
      'get: https://api.acme.dev\nauth: "acme"',
    ],
    ['double braces behind a dollar', 'request.doubleBraces', `get: ${url}\${{ id }}/x`, `get: ${url}\${id}/x`],
    ['braces of a path', 'request.singleBraces', `get: "${url}{id}/x" # of it`, `get: "${url}\${id}/x" # of it`],
    ['double braces in a text', 'request.doubleBraces', `get: ${url}{{ id }}/x`, `get: ${url}\${id}/x`],
    [
      'double braces as a value',
      'request.doubleBraces',
      `get: ${url}\nheaders:\n  X-A: {{id}} # mine`,
      `get: ${url}\nheaders:\n  X-A: "\${id}" # mine`,
    ],
    [
      'an expression in braces',
      'yaml.quoteExpression',
      `get: ${url}\nquery: { a: \${uuid}, b: 1 }`,
      `get: ${url}\nquery: { a: "\${uuid}", b: 1 }`,
    ],
    [
      'a star',
      'yaml.unknownAlias',
      `get: ${url}\nheaders:\n  Accept: */* # all`,
      `get: ${url}\nheaders:\n  Accept: "*/*" # all`,
    ],
    [
      'a star in braces',
      'yaml.unknownAlias',
      `get: ${url}\nheaders: { Accept: */*, A: b }`,
      `get: ${url}\nheaders: { Accept: "*/*", A: b }`,
    ],
    ['a fragment', 'request.urlFragment', `get: ${url}x#y`, `get: ${url}x%23y`],
    [
      'quotes that are lost',
      'request.quotesLost',
      `get: ${url}\nheaders:\n  If-None-Match: "abc" # tag`,
      `get: ${url}\nheaders:\n  If-None-Match: '"abc"' # tag`,
    ],
    [
      'a comma in braces',
      'yaml.commaInFlow',
      `get: ${url}\nquery: { ids: 1,2, n: 3 }`,
      `get: ${url}\nquery: { ids: "1,2", n: 3 }`,
    ],
    ['a colour', 'yaml.hashComment', `get: ${url}\nquery:\n  color: #fff`, `get: ${url}\nquery:\n  color: "#fff"`],
    ['a number sign in a URL', 'yaml.hashComment', `get: ${url} #top`, `get: "${url} #top"`],
    [
      'a second key',
      'yaml.duplicateKey',
      `get: ${url}\nquery: { a: 1 }\nquery: # again\n  b: 2\ntags: [x]`,
      `get: ${url}\nquery: { a: 1 }\ntags: [x]`,
    ],
    [
      'a second key in braces',
      'yaml.duplicateKey',
      `get: ${url}\nquery: { a: 1, a: 2, b: 3 }`,
      `get: ${url}\nquery: { a: 1, b: 3 }`,
    ],
    [
      'a second header',
      'request.duplicateHeader',
      `get: ${url}\nheaders:\n  Accept: a\n  accept: b`,
      `get: ${url}\nheaders:\n  Accept: a`,
    ],
    ['a tag', 'yaml.tag', `get: !!str ${url}`, `get: ${url}`],
    [
      'an origin that is not allowed',
      'request.originNotAllowed',
      `get: ${url}\nauth: acme # who`,
      `get: ${url}\nauth: none # who`,
    ],
  ];
  for (const [what, code, before, after] of cases) {
    it(what, () => {
      const results = fixed(request(before), code);
      assert.ok(results.includes(request(after)), results.join('\n---\n'));
    });
  }

  it('tabs, on the line or on all', () => {
    const text = 'requests:\n\ta:\n\t\tget: https://a.dev\n';
    assert.deepEqual(fixed(text, 'yaml.tab'), [
      'requests:\n  a:\n\t\tget: https://a.dev\n',
      'requests:\n  a:\n    get: https://a.dev\n',
    ]);
  });

  it('an origin is added to the connection, however its origins are written', () => {
    const text = request('get: https://b.dev/x\nauth: acme');
    const origins: readonly (readonly [before: string, after: string])[] = [
      ['    origins:\n      - https://a.dev # a\n', '    origins:\n      - https://a.dev # a\n      - https://b.dev\n'],
      ['    origins: [https://a.dev] # a\n', '    origins: [https://a.dev, https://b.dev] # a\n'],
      ['    origins: https://a.dev # a\n', '    origins: [https://a.dev, https://b.dev] # a\n'],
    ];
    for (const [before, after] of origins) {
      const head = 'connections:\n  acme:\n    issuer: https://l.dev\n    clientId: a\n';
      const tail = 'variables: { a: 1 }\n';
      const results = fixed(text, 'request.originNotAllowed', head + before + tail);
      assert.equal(results[0], head + after + tail);
    }
  });

  it('a variable is defined where it is wanted', () => {
    const text = `# mine\n${request(`get: ${url}\${xyz}`)}`;
    assert.deepEqual(fixed(text, 'variable.unknownHere'), [
      `# mine\nvariables:\n  xyz: ""\n${request(`get: ${url}\${xyz}`)}`,
      project.replace('http://localhost }', 'http://localhost, xyz: "" }'),
      `${project}\nvariables:\n  xyz: ""\n`,
    ]);
  });

  it('a variable is given to the environment that lacks it', () => {
    const two = project.replace('localhost }', 'localhost }\n  other: { only: 1 }');
    const [, added] = fixed(request(`get: ${url}\${only}`), 'variable.notInEnvironment', two);
    assert.equal(added, two.replace('localhost }', 'localhost, only: "" }'));
  });

  it('a request is sent as nobody', () => {
    const text = request('# first\nget: /x # here\n\nheaders: {}').replace('    \n', '\n');
    const results = fixed(
      text,
      'request.originNotAllowed',
      `${project}defaults: { auth: acme, baseUrl: https://x.dev }\n`,
    );
    assert.equal(results[1], text.replace('# here\n', '# here\n    auth: none\n'));
  });
});

describe('a literal is moved out of a file', () => {
  const cases: readonly (readonly [before: string, range: string, after: string, value: string])[] = [
    ['a: { b: abc } # c', 'abc', 'a: { b: "${secret:b}" } # c', 'abc'],
    ['apiKey: abc # c', 'abc', 'apiKey: ${secret:api-key} # c', 'abc'],
    ["h: 'Bearer abc'", "'Bearer abc'", "h: 'Bearer ${secret:h}'", 'abc'],
    ['k: |\n  -----BEGIN\n  x\nl: 1', '|\n  -----BEGIN\n  x', 'k: ${secret:k}\nl: 1', '-----BEGIN\nx\n'],
    ['l: [abc, d]', 'abc', 'l: ["${secret:l}", d]', 'abc'],
    ['n: 123', '123', 'n: ${secret:n}', '123'],
  ];
  for (const [before, at, after, value] of cases) {
    it(before, () => {
      const start = before.indexOf(at);
      const found = movableSecret(source(before), { start, end: start + at.length });
      assert.ok(found);
      assert.equal(found.value.revealForTransport(), value);
      assert.equal(apply(before, [found.edit(found.suggestedName)]), after);
    });
  }

  it('unless it is made from something else', () => {
    const text = 'a: x${b}';
    assert.equal(movableSecret(source(text), { start: 3, end: text.length }), undefined);
  });
});

describe('literals that look like credentials', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N';
  const codes = (text: string): readonly string[] => pitfallsIn(text).map(({ code }) => code);

  it('are marked in values, variables and bodies', () => {
    for (const text of [
      request(`get: ${url}\nheaders: { X-A: ${jwt} }`),
      `variables:\n  token: ${jwt}\n`,
      request(`post: ${url}\njson: [{ deep: ghp_16C7e42F292c6912E7710c838347Ae178B4a }]`),
    ]) {
      assert.deepEqual(codes(text), ['request.looksLikeSecret']);
    }
  });

  it('and left alone where they mean something else', () => {
    for (const text of [
      request(`get: ${url}\ncapture:\n  accessToken: $.data[0].access_token1Z`),
      request(`get: ${url}\nexpect: { sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 }`),
      request(`get: ${url}\nheaders: { Authorization: "Bearer \${secret:token}" }`),
    ]) {
      assert.deepEqual(codes(text), []);
    }
  });
});

const harmless = `requests: # all
  a:
    get: /x # a comment
    query: { a: 1, b: [1, 2], c } # c is empty
    headers: { If-Match: "*", If-None-Match: '"abc"', Accept: "a, b" }
    json: { color: "#fff", empty: , list: [a, b] }
    tags: # none
`;

it('what is meant is not marked', () => {
  assert.deepEqual(pitfallsIn(harmless.replace(', c }', ' }')), []);
});

it('pitfalls are found at the same places request by request as in the whole', () => {
  const pieces = [
    '  a:\n    get: /x #y\n',
    '  b: { get: "/", query: { ids: 1,2 } }\n',
    '  c:\n    headers:\n      If-Match: "x"\n',
    '# note\n',
    '\n',
  ];
  const tail = ['variables: { color: #fff\n}\n', 'variables:\n  apiKey: 9f86d081884c7d659a2feaa0c55ad015\n', ''];
  const finder = new RequestFilePitfalls();
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces), { maxLength: 5 }),
      fc.constantFrom(...tail),
      fc.boolean(),
      (parts, last, first) => {
        const text = `${first ? last : ''}requests:\n${parts.join('')}${first ? '' : last}`;
        const file = parseRequestFile(text);
        const sorted = (all: readonly Diagnostic[]): readonly string[] =>
          all.map(({ code, range }) => `${range.start} ${code}`).sort();
        assert.deepEqual(sorted(finish(finder.find(text, file))), sorted(pitfallsIn(text)));
      },
    ),
  );
});

const mistakes = fc.constantFrom(
  ...[
    'heders: { a: b }',
    'headers: { A: */* }',
    'query: { a: ${uuid}, a: 2 }',
    'auth: acne',
    'json: {{x}}',
    'text: {{x}} y',
    'query: { ids: 1,2 }',
  ],
  ...[
    'headers:\n      If-Match: "x"',
    'variables: { x: ${yy|ulr} }',
    'tags: !t [a]',
    'query:\n      c: #fff',
    'auth: acme',
    'query:\n      a: 1\n      a: 2',
  ],
);

it('whatever is wrong, a fix changes nothing beyond its ranges and brings no new kind of mistake', () => {
  let applied = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(mistakes, { minLength: 1, maxLength: 3, selector: (line) => line.split(':')[0] }),
      fc.boolean(),
      (lines, windows) => {
        const unix = `# head\nrequests:\n  a:\n    get: https://b.dev/ # first\n${lines.map((line) => `    ${line} # here\n`).join('')}  z:\n    get: https://z.dev\n`;
        const text = windows ? unix.replaceAll('\n', '\r\n') : unix;
        const found = diagnosticsOf(text, project);
        for (const diagnostic of found) {
          const context = { file: source(text), project: source(project), environment: 'local' };
          for (const fix of quickFixes(diagnostic, context)) {
            applied++;
            checkFix(fix, diagnostic, fix.target === 'file' ? text : project, found);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(applied > 200, `only ${applied} fixes`);
});

function checkFix(fix: QuickFix, diagnostic: Diagnostic, before: string, found: readonly Diagnostic[]): void {
  const after = apply(before, fix.edits);
  assert.ok(!before.includes('\r\n') || !/(?<!\r)\n/.test(after), `${fix.code}: ${JSON.stringify(after)}`);
  if (fix.target === 'project') {
    assert.equal(parseProjectFile(after).diagnostics.filter(({ severity }) => severity === 'error').length, 0, after);
    return;
  }
  const now = diagnosticsOf(after, project);
  const syntax = (all: readonly Diagnostic[]): number => all.filter(({ code }) => code === 'yaml.syntax').length;
  assert.ok(syntax(now) <= syntax(found), `${diagnostic.code} → ${fix.code}:\n${after}`);
  assert.match(after, /^# head\r?\nrequests:\r?\n {2}a:\r?\n {4}get: https:\/\/b\.dev\/ # first\r?\n/);
  const count = (all: readonly Diagnostic[]): number => all.filter(({ code }) => code === diagnostic.code).length;
  const isNamed = fix.code.startsWith('define') || fix.code === 'addEnvironment';
  if (!isNamed) assert.ok(count(now) < count(found), `${diagnostic.code} → ${fix.code}:\n${after}`);
}
