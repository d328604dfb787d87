import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isCurl, parseCurl } from '../../../../src/core/curl/parseCurl';
import { revealForTransport } from '../../../../src/core/secret';
import { bodyText, drafted, fileOf, sentFor } from './importedRequest';

/** Commands as browsers copy them, and as people write them, with what becomes of them. */
const commands: readonly (readonly [what: string, command: string, file: string])[] = [
  [
    'a URL alone',
    'curl https://api.acme.dev/orders',
    `requests:
  getOrders:
    get: https://api.acme.dev/orders
`,
  ],
  [
    'Chrome, copied for bash',
    `curl 'https://api.acme.dev/v1/orders?status=open&limit=50' \\
  -H 'accept: application/json' \\
  -H 'accept-language: en-GB,en;q=0.9' \\
  -H 'content-type: application/json' \\
  -b 'theme=dark' \\
  -H 'origin: https://app.acme.dev' \\
  -H 'priority: u=1, i' \\
  -H 'sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"' \\
  -H 'sec-fetch-mode: cors' \\
  -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \\
  --data-raw $'{"note":"it\\'s \\u00fcber\\u0021","price":1.10,"tags":["a","b"]}'`,
    `requests:
  postOrders:
    post: https://api.acme.dev/v1/orders
    query:
      status: open
      limit: "50"
    headers:
      accept: application/json
      origin: https://app.acme.dev
      Cookie: theme=dark
    json:
      note: it's über!
      price: 1.10
      tags: [a, b]
`,
  ],
  [
    'Chrome, copied for the Windows command prompt',
    `curl ^"https://api.acme.dev/search?q=50^%^25^&page=2^" ^
  -H ^"accept: */*^" ^
  -H ^"x-note: say ^\\^"hi^\\^"^" ^
  --data-raw ^"^{^\\^"path^\\^":^\\^"C:^\\^\\^\\^\\temp^\\^",^\\^"a^\\^":1^}^" ^
  -H ^"content-type: application/json^"`,
    `requests:
  postSearch:
    post: https://api.acme.dev/search
    query:
      q: 50%
      page: "2"
    headers:
      x-note: say "hi"
    json:
      path: C:\\temp
      a: 1
`,
  ],
  [
    'Firefox',
    `curl 'https://api.acme.dev/login' -X POST -H 'User-Agent: Mozilla/5.0 Gecko/20100101 Firefox/140.0' -H 'Accept: application/json' -H 'Content-Type: application/x-www-form-urlencoded' -H 'Sec-Fetch-Dest: empty' -H 'Connection: keep-alive' --data-raw 'name=Ann+Lee&city=K%C3%B6ln'`,
    `requests:
  postLogin:
    post: https://api.acme.dev/login
    headers:
      Accept: application/json
    form:
      name: Ann Lee
      city: Köln
`,
  ],
  [
    'short options joined, with a prompt',
    '$ curl -sSLXPUT -T ./invoice.pdf -m 2.5 --connect-timeout=3 api.acme.dev/invoices/1',
    `requests:
  putInvoices:
    put: http://api.acme.dev/invoices/1
    file: ./invoice.pdf
    timeout:
      connect: 3s
      total: 2500ms
`,
  ],
  [
    'a password, which is moved out',
    `curl -u admin:s3cr3t https://cache.acme.dev/all -X PURGE`,
    `requests:
  purgeAll:
    method: PURGE
    url: https://cache.acme.dev/all
    auth:
      basic:
        username: admin
        password: \${secret:cache-acme-dev-password}
`,
  ],
  [
    'a token, which is moved out',
    `curl -H "Authorization: Bearer abc" https://api.acme.dev/me`,
    `requests:
  getMe:
    get: https://api.acme.dev/me
    auth:
      bearer: \${secret:api-acme-dev-token}
`,
  ],
  [
    'a token in a variable of the shell',
    'curl -H "Authorization: Bearer $TOKEN" "https://api.acme.dev/users/${USER_ID}"',
    `requests:
  getUsers:
    get: https://api.acme.dev/users/\${env:USER_ID}
    auth:
      bearer: \${env:TOKEN}
`,
  ],
  [
    'JSON that curl sends as a form',
    `curl https://a.dev/x -d '{"a":1}'`,
    `requests:
  postX:
    post: https://a.dev/x
    headers:
      Content-Type: application/x-www-form-urlencoded
    json:
      a: 1
`,
  ],
  [
    '--json',
    `curl --json '{"a":' --json '[]}' https://a.dev/`,
    `requests:
  post:
    post: https://a.dev/
    headers:
      Accept: application/json
    json:
      a: []
`,
  ],
  [
    'data in the query',
    `curl -G https://a.dev/find -d q=1 --data-urlencode 'name=a b&c'`,
    `requests:
  getFind:
    get: https://a.dev/find
    query:
      q: "1"
      name: a b&c
`,
  ],
  [
    'multipart',
    `curl https://a.dev/up -F note=March -F 'invoice=@invoice.pdf;type=application/pdf;filename="a;b.pdf"' -F 'text=<t.txt'`,
    `requests:
  postUp:
    post: https://a.dev/up
    multipart:
      note: March
      invoice:
        file: ./invoice.pdf
        type: application/pdf
        name: a;b.pdf
      text: \${file:./t.txt}
`,
  ],
  [
    'a text of several lines from a here-document',
    `curl https://a.dev/x -H 'Content-Type: text/csv' --data-binary @- <<'EOF'
a,b
1,2
EOF`,
    `requests:
  postX:
    post: https://a.dev/x
    headers:
      Content-Type: text/csv
    text: |-
      a,b
      1,2
`,
  ],
  [
    'AWS',
    `curl --aws-sigv4 aws:amz:eu-west-1:execute-api -u AKIAABCDEFGHIJKLMNOP:abc/def https://x.execute-api.eu-west-1.amazonaws.com/prod`,
    `requests:
  getProd:
    get: https://x.execute-api.eu-west-1.amazonaws.com/prod
    auth:
      awsSigV4:
        region: eu-west-1
        service: execute-api
        accessKeyId: \${secret:aws-access-key-id}
        secretAccessKey: \${secret:aws-secret-access-key}
`,
  ],
  [
    'secrets wherever they stand',
    `curl 'https://a.dev/x?api_key=k1&page=2' -H 'X-Api-Key: k2' -H 'Cookie: sid=k3' --json '{"user":{"password":"k4"},"n":"eyJhbGciOiJI.eyJzdWIiOiIx.c2ln"}'`,
    `requests:
  postX:
    post: https://a.dev/x
    query:
      api_key: \${secret:api-key}
      page: "2"
    headers:
      Accept: application/json
      X-Api-Key: \${secret:x-api-key}
      Cookie: \${secret:cookie}
    json:
      user:
        password: \${secret:password}
      n: \${secret:n}
`,
  ],
  [
    'what only looks like an expression',
    `curl https://a.dev/x -H 'X-A: \${y}' -H 'If-None-Match: "abc"' -H 'X-Empty;'`,
    `requests:
  getX:
    get: https://a.dev/x
    headers:
      X-A: $\${y}
      If-None-Match: "\\"abc\\""
      X-Empty: ""
`,
  ],
];

describe('a cURL command becomes a request', () => {
  for (const [what, command, file] of commands) it(what, () => assert.equal(fileOf(command), file));

  it('whose secrets are handed over', () => {
    const { secrets } = drafted('curl -u admin:s3cr3t "https://a.dev/?token=t1&again=x"');
    const found = secrets.map(({ name, value }) => [name, value.revealForTransport()]);
    assert.deepEqual(found, [
      ['token', 't1'],
      ['a-dev-password', 's3cr3t'],
    ]);
  });

  it('and never stand in the file', () => {
    for (const [, command] of commands) {
      const text = fileOf(command);
      for (const { value } of drafted(command).secrets) {
        if (value.length > 2) assert.ok(!text.includes(value.revealForTransport()), text);
      }
    }
  });
});

describe('secrets in what stays one text are left out of the file, and sent as they were', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N';
  const cases: readonly (readonly [what: string, command: string, secret: string, sent: string])[] = [
    ['a query with a name alone', "'https://a.dev/?download&token=hush'", 'hush', 'https://a.dev/?download&token=hush'],
    [
      'a query in an order of its own',
      "'https://a.dev/?a=1&token=hush&a=2'",
      'hush',
      'https://a.dev/?a=1&token=hush&a=2',
    ],
    ['a query that is no UTF-8', "'https://a.dev/?token=hush%FF'", 'hush%FF', 'https://a.dev/?token=hush%FF'],
    ['a URL in a query', "'https://a.dev/?a=1&to=/x?token=hush'", 'hush', 'https://a.dev/?a=1&to=%2Fx%3Ftoken%3Dhush'],
    ['data for the query', '-G -d token=hush -d flag https://a.dev/', 'hush', 'https://a.dev/?token=hush&flag'],
    ['a form in an order of its own', "-d 'a=1&password=hush&a=2' https://a.dev", 'hush', 'a=1&password=hush&a=2'],
    [
      'JSON with a name twice',
      `-d '{"token":"a\\"b","a":1,"a":2}' https://a.dev`,
      'a\\"b',
      '{"token":"a\\"b","a":1,"a":2}',
    ],
    [
      'XML',
      "-H 'content-type: text/xml' -d '<a><password>hush</password></a>' https://a.dev",
      'hush',
      '<a><password>hush</password></a>',
    ],
    [
      'a token in a text',
      `-H 'content-type: text/plain' -d 'it is ${jwt}, see' https://a.dev`,
      jwt,
      `it is ${jwt}, see`,
    ],
    ['a URL in a header', "-e 'https://b.dev/?token=hush' https://a.dev", 'hush', 'https://b.dev/?token=hush'],
  ];
  for (const [what, command, secret, sent] of cases) {
    it(what, () => {
      const text = fileOf(`curl ${command}`);
      assert.ok(!text.includes(secret), text);
      assert.deepEqual(
        drafted(`curl ${command}`).secrets.map(({ value }) => value.revealForTransport()),
        [secret],
      );
      const request = sentFor(`curl ${command}`);
      const parts = [
        revealForTransport(request.url),
        bodyText(request),
        ...request.headers.map(([, value]) => revealForTransport(value)),
      ];
      assert.ok(parts.includes(sent), parts.join('\n'));
    });
  }
});

describe('what a request cannot say is named', () => {
  const cases: readonly (readonly [command: string, notices: readonly string[]])[] = [
    ['curl -k --proxy http://p:1 --http2 https://a.dev', ['--insecure', '--proxy', '--http2']],
    ['curl --resolve=a.dev:443:1.2.3.4 -E c.pem https://a.dev', ['--resolve', '--cert']],
    ['curl --brand-new value https://a.dev', ['--brand-new']],
    ['curl --password=hunter2 https://a.dev', ['--password']],
    ['curl https://a.dev | jq . ', ['moreCommands']],
    ['curl https://a.dev > out.json', ['redirection']],
    ['curl https://a.dev 2>/dev/null', ['redirection']],
    ['curl https://a.dev https://b.dev', ['moreUrls']],
    ['curl https://a.dev -b cookies.txt', ['cookieFile']],
    ['curl https://a.dev/$(date)', ['substitution']],
    ["curl 'https://a.dev", ['unclosedQuote']],
    ['curl https://a.dev -d @x.json', ['fileStripped']],
    ['curl -sSfL -o x --compressed --fail-with-body -w "%{http_code}" --no-progress-meter https://a.dev', []],
  ];
  for (const [command, expected] of cases) {
    it(command, () => {
      const found = drafted(command).notices.map((notice) => (notice.kind === 'option' ? notice.option : notice.kind));
      assert.deepEqual(found, expected);
    });
  }
});

it('a command is told from other texts', () => {
  for (const text of ['curl a.dev', '  $ curl -s a.dev', '/usr/bin/curl a', 'curl.exe a', 'curl \\\n a'])
    assert.ok(isCurl(text), text);
  for (const text of ['curly a', 'use curl a', 'curl', 'get: curl']) assert.ok(!isCurl(text), text);
  assert.equal(parseCurl('curl -v').url, undefined);
});
