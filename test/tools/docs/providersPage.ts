import type { Preset, PresetFacts, Source } from '../../../src/core/oauth/presets/preset';

/** Where the page is, relative to the checkout. */
export const providersPath = 'docs/providers.md';

const introduction = `# Providers that Latchkey knows

Made by \`npm run docs\` from \`src/core/oauth/presets\`; do not edit.

\`\`\`yaml
# latchkey.yaml
connections:
  github:
    preset: github                 # brings the endpoints, the origins of the API, and what is odd about it
    clientId: Iv1.0123456789abcdef
    clientSecret: \${secret:github}
    scopes: [repo]
\`\`\`

What the file says wins: \`issuer\`, any endpoint, \`origins\`, \`clientAuth\`, \`redirect\`, \`parameters\`, \`refreshOn\`. A file that names another server takes over the provider's manners only, and says itself where its token may go.
*Latchkey: Copy Redirect URIs* lists what to register for a connection in your editor. What no source told stays *not known*; nothing here is guessed.`;

const unknown = '*not known*';

/** One line of a provider's table: what it is about, what is known, and the facts that it rests on. */
interface Row {
  readonly title: string;
  readonly text: string | undefined;
  readonly facts: readonly (keyof PresetFacts)[];
}

/** The page as Markdown, one section a provider. */
export function providersPage(presets: Readonly<Record<string, Preset>>): string {
  const all = Object.entries(presets);
  const contents = all.map(([name, { label }]) => `[${label}](#${name})`).join(' · ');
  return `${[introduction, contents, ...all.map(([name, preset]) => section(name, preset))].join('\n\n')}\n`;
}

function section(name: string, { label, facts, sources }: Preset): string {
  const lines = rowsOf(facts).map(({ title, text, facts: names }) => {
    const cited = text === undefined ? [] : names.flatMap((fact) => list(sources[fact]));
    return `| ${title} | ${cell(text ?? unknown)} | ${links(cited)} |`;
  });
  return [
    `<a id="${name}"></a>`,
    '',
    `## ${label}`,
    '',
    `\`preset: ${name}\``,
    '',
    '| | | |',
    '|---|---|---|',
    ...lines,
  ].join('\n');
}

function rowsOf(facts: PresetFacts): readonly Row[] {
  const { register, refresh, oddities } = facts;
  const always: readonly Row[] = [
    { title: 'Register', text: register && registration(register), facts: ['register'] },
    { title: 'Redirect', text: redirectText(facts), facts: ['redirect'] },
    { title: 'Signs in at', text: serverText(facts), facts: ['issuer', 'issuerForm', 'endpoints'] },
    { title: 'Token goes to', text: originsText(facts), facts: ['origins', 'tokenResponse'] },
    { title: 'PKCE', text: facts.pkce && pkceTexts[facts.pkce], facts: ['pkce'] },
    { title: 'Without a secret', text: publicText(facts), facts: ['publicClients'] },
    { title: 'With a secret', text: facts.clientAuth && `\`clientAuth: ${facts.clientAuth}\``, facts: ['clientAuth'] },
    {
      title: 'Device flow',
      text: endpointText(facts, 'deviceAuthorization'),
      facts: ['issuer', 'issuerForm', 'endpoints'],
    },
    { title: 'Revocation', text: endpointText(facts, 'revocation'), facts: ['issuer', 'issuerForm', 'endpoints'] },
    { title: 'Refresh', text: refresh, facts: ['refresh'] },
  ];
  const ifAny: readonly Row[] = [
    { title: 'Requests', text: requestText(facts), facts: requestFacts },
    { title: 'Callback', text: callbackText(facts), facts: ['authorizationResponse'] },
    { title: 'Token answer', text: answerText(facts), facts: ['tokenResponse'] },
    { title: 'Account name', text: accountText(facts), facts: ['userinfo', 'tokenResponse'] },
    { title: 'To know', text: oddities?.join('<br>'), facts: ['oddities'] },
  ];
  return [...always, ...ifAny.filter(({ text }) => text !== undefined)];
}

const pkceTexts: Readonly<Record<NonNullable<PresetFacts['pkce']>, string>> = {
  required: 'required',
  supported: 'supported',
  publicClients: 'for clients without a secret only; others sign in without it, and Latchkey says so',
  rejected: 'fails there, so it is not sent, and Latchkey says so',
};

function registration({ url, as }: NonNullable<PresetFacts['register']>): string {
  return as === undefined ? `<${url}>` : `<${url}>: ${as}`;
}

function redirectText({ redirect }: PresetFacts): string | undefined {
  if (!redirect) return undefined;
  const { loopback, loopbackHost = '127.0.0.1', editorSchemes, notes = [] } = redirect;
  const loopbacks = {
    anyPort: `\`http://${loopbackHost}\` with any port`,
    exactPort: `\`http://${loopbackHost}\` with exactly the port that is registered; Latchkey keeps to fixed ones`,
    refused: 'no http address of this machine',
  };
  const known = [
    loopback && loopbacks[loopback],
    editorSchemes === undefined ? undefined : `schemes such as \`vscode:\`: ${editorSchemes ? 'yes' : 'no'}`,
    ...notes,
  ];
  return known.filter((text) => text !== undefined).join('<br>');
}

function serverText({ issuer, issuerForm, endpoints }: PresetFacts): string | undefined {
  if (issuer !== undefined) return `issuer \`${issuer}\``;
  if (issuerForm !== undefined) return `\`issuer: ${issuerForm}\`, which the connection must name`;
  return endpoints && `\`${endpoints.authorization ?? ''}\`<br>\`${endpoints.token ?? ''}\``;
}

function originsText({ origins, tokenResponse }: PresetFacts): string {
  if (origins === undefined) return '`origins` of the connection: the API is your own';
  const { apiOrigin } = tokenResponse ?? {};
  return [
    ...(origins === 'issuer' ? ['the origin of the issuer'] : origins.map((origin) => `\`${origin}\``)),
    ...(apiOrigin ? [`the \`${apiOrigin.captured}\` of the token answer, if it is below \`${apiOrigin.within}\``] : []),
  ].join('<br>');
}

function publicText({ publicClients }: PresetFacts): string | undefined {
  if (publicClients === undefined) return undefined;
  return publicClients ? 'a client can sign in' : 'no tokens: the client needs a secret';
}

function endpointText(facts: PresetFacts, name: 'deviceAuthorization' | 'revocation'): string | undefined {
  const url = facts.endpoints?.[name];
  if (url !== undefined) return `\`${url}\``;
  return facts.issuer === undefined && facts.issuerForm === undefined ? undefined : 'as the issuer publishes';
}

const requestFacts = [
  'scopeSeparator',
  'parameters',
  'authorizationRequest',
  'tokenRequest',
  'refreshRequest',
  'apiRequest',
] as const;

function requestText(facts: PresetFacts): string | undefined {
  const { scopeSeparator, parameters, authorizationRequest, tokenRequest, refreshRequest, apiRequest } = facts;
  const { prompts } = authorizationRequest ?? {};
  const headers = Object.entries(apiRequest?.headers ?? {});
  const found = [
    scopeSeparator && `scopes are separated by \`${scopeSeparator}\``,
    ...Object.entries(parameters?.authorize ?? {}).map(([name, value]) => `asks with \`${name}=${value}\``),
    prompts && prompts.always.length > 0 && `asks with \`prompt=${prompts.always.join(' ')}\``,
    prompts?.chooseAccount && `*Switch Account* asks with \`prompt=${prompts.chooseAccount}\``,
    tokenRequest?.body && 'the token request is JSON',
    tokenRequest?.emptySecret && 'a client without a secret sends Basic with an empty one',
    refreshRequest?.path && `the refresh goes to \`${refreshRequest.path}\` beside the token endpoint`,
    ...headers.map(
      ([name, value]) => `API requests have \`${name}: ${typeof value === 'string' ? value : 'the client id'}\``,
    ),
  ].filter((text) => typeof text === 'string' && text !== '');
  return found.length === 0 ? undefined : found.join('<br>');
}

function answerText({ tokenResponse }: PresetFacts): string | undefined {
  if (!tokenResponse) return undefined;
  const { alternative, errors, captured } = tokenResponse;
  const codes = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');
  const found = [
    alternative && `the token may be in \`${alternative}\``,
    captured && `kept with the session: ${codes(Object.keys(captured))}`,
    errors && `errors of its own: ${codes(Object.keys(errors))}`,
  ].filter((text) => text !== undefined);
  return found.length === 0 ? undefined : found.join('<br>');
}

function callbackText({ authorizationResponse }: PresetFacts): string | undefined {
  const names = Object.keys(authorizationResponse?.captured ?? {});
  return names.length === 0 ? undefined : `kept with the session: ${names.map((name) => `\`${name}\``).join(', ')}`;
}

function accountText({ userinfo, tokenResponse }: PresetFacts): string | undefined {
  const places = userinfo ?? tokenResponse?.identity;
  return places?.name.map((place) => `\`${place}\``).join(' or ');
}

/** A pipe would end the cell, and what stands in angle brackets would be taken for HTML unless it is code or a link. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function links(urls: readonly string[]): string {
  return [...new Set(urls)].map((url, index) => `[${index + 1}](${url})`).join(' ');
}

function list(source: Source | undefined): readonly string[] {
  if (source === undefined) return [];
  return typeof source === 'string' ? [source] : source;
}
