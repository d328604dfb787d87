/** Something that is written often, with its blanks to fill in. */
export interface Snippet {
  readonly label: string;
  readonly docs: string;
  /** In the syntax of VS Code; further lines are indented relative to the first. */
  readonly lines: readonly string[];
}

const requests: readonly Snippet[] = [
  {
    label: 'get',
    docs: 'A request that reads.',
    lines: ['${1:name}:', '  get: /${2:path}', '  expect: { status: ${3:200} }'],
  },
  {
    label: 'post json',
    docs: 'A request with a JSON body.',
    lines: [
      '${1:name}:',
      '  post: /${2:path}',
      '  json:',
      '    ${3:key}: ${4:value}',
      '  expect: { status: ${5:201} }',
    ],
  },
  {
    label: 'post form',
    docs: 'A request with a form as its body.',
    lines: ['${1:name}:', '  post: /${2:path}', '  form:', '    ${3:key}: ${4:value}'],
  },
  {
    label: 'graphql',
    docs: 'A GraphQL query with its variables.',
    lines: [
      '${1:name}:',
      '  post: /${2:graphql}',
      '  graphql:',
      '    query: |',
      '      query(\\$${3:id}: ID!) {',
      '        ${4:node}(id: \\$${3:id}) { id }',
      '      \\}',
      '    variables: { ${3:id}: ${5:1} }',
    ],
  },
  {
    label: 'login and capture',
    docs: 'A request whose response gives a value to others: ${login.token}. What looks like a token is a secret.',
    lines: [
      '${1:login}:',
      '  post: /${2:login}',
      '  json: { username: ${3:admin}, password: "\\${secret:${4:password}\\}" }',
      '  capture:',
      '    ${5:token}: { from: ${6:$.token}, secret: true }',
    ],
  },
  {
    label: 'upload',
    docs: 'A request that sends a file in a form.',
    lines: [
      '${1:upload}:',
      '  post: /${2:path}',
      '  multipart:',
      '    ${3:file}: { file: ./${4:name.pdf}, type: ${5:application/pdf} }',
    ],
  },
  {
    label: 'for each',
    docs: 'A request that is sent once for each row of a file or item of a list.',
    lines: ['${1:name}:', '  forEach: ${2:./rows.csv}', '  get: /${3:path}/\\${${4:id}\\}'],
  },
  {
    label: 'wait until',
    docs: 'A request that is sent again until the response is as wanted.',
    lines: [
      '${1:name}:',
      '  get: /${2:path}',
      '  retry: { times: ${3:10}, interval: ${4:2s}, until: { status: ${5:200} } }',
    ],
  },
];

const connections: readonly Snippet[] = [
  {
    label: 'sign in with an issuer',
    docs: 'A person signs in in the browser; the endpoints are discovered.',
    lines: [
      '${1:name}:',
      '  issuer: ${2:https://login.example.com}',
      '  clientId: ${3:client-id}',
      '  scopes: [${4:openid, offline_access}]',
      '  origins: [${5:https://api.example.com}]',
    ],
  },
  {
    label: 'known provider',
    docs: 'A provider whose endpoints and manners are known.',
    lines: ['${1:name}:', '  preset: ${2:github}', '  clientId: ${3:client-id}', '  scopes: [${4:scope}]'],
  },
  {
    label: 'account of VS Code',
    docs: 'A session that VS Code itself has.',
    lines: ['${1:name}:', '  vscode: ${2:github}', '  scopes: [${3:repo}]', '  origins: [${4:https://api.github.com}]'],
  },
  {
    label: 'client credentials',
    docs: 'The client itself signs in, without a person.',
    lines: [
      '${1:name}:',
      '  grant: clientCredentials',
      '  tokenUrl: ${2:https://login.example.com/token}',
      '  clientId: ${3:client-id}',
      '  clientSecret: \\${secret:${4:$1}\\}',
      '  origins: [${5:https://api.example.com}]',
    ],
  },
  {
    label: 'device code',
    docs: 'A person signs in on another device.',
    lines: [
      '${1:name}:',
      '  grant: deviceCode',
      '  issuer: ${2:https://login.example.com}',
      '  clientId: ${3:client-id}',
      '  origins: [${4:https://api.example.com}]',
    ],
  },
  {
    label: 'signed assertions',
    docs: 'A service account that signs in with a key of its own.',
    lines: [
      '${1:name}:',
      '  grant: jwtBearer',
      '  tokenUrl: ${2:https://login.example.com/token}',
      '  clientId: ${3:client-id}',
      '  privateKey: \\${secret:${4:$1-key}\\}',
      '  origins: [${5:https://api.example.com}]',
    ],
  },
];

/** What can be put in below `requests:` or `connections:`. */
export function snippetsFor(key: string): readonly Snippet[] {
  if (key === 'requests') return requests;
  return key === 'connections' ? connections : [];
}
