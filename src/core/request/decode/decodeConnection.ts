import {
  clientAuthValues,
  connectionKeys,
  grantValues,
  loopbackKeys,
  parameterKeys,
  redirectKeys,
} from '../format/projectKeys';
import type { ClientAuth, Grant } from '../../oauth/model';
import type {
  AssertionEntry,
  ConnectionEntry,
  EndpointName,
  ExchangeEntry,
  Field,
  NamedSetting,
  ParameterPhase,
  PrivateKeyEntry,
  RedirectSetting,
} from '../model';
import { isName } from '../names';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { Template } from '../value';
import { entryRange, type YamlEntry, type YamlMap } from '../yaml/yamlNode';
import { decodeAssertion } from './decodeAssertion';
import { decodeChoice } from './decodeChoice';
import { decodeExchange } from './decodeExchange';
import { decodeKeys, mapEntries, wrongKind, wrongValue } from './decodeKeys';
import { decodePrivateKey } from './decodePrivateKey';
import { decodeSecretName } from './decodeSecretName';
import { decodeBoolean, decodeFields, decodeTemplate, decodeTemplates, decodeText, plainText } from './decodeValue';

const ENDPOINTS = {
  authorizationUrl: 'authorization',
  tokenUrl: 'token',
  revocationUrl: 'revocation',
  userinfoUrl: 'userinfo',
  endSessionUrl: 'endSession',
  deviceAuthorizationUrl: 'deviceAuthorization',
  introspectionUrl: 'introspection',
} as const satisfies Record<string, EndpointName>;

interface Draft {
  label: Template | undefined;
  grant: Grant;
  issuer: Template | undefined;
  readonly endpoints: Partial<Record<EndpointName, Template>>;
  clientId: Template | undefined;
  clientSecretName: string | undefined;
  clientAuth: ClientAuth | undefined;
  preset: NamedSetting | undefined;
  vscode: NamedSetting | undefined;
  privateKey: PrivateKeyEntry | undefined;
  assertion: AssertionEntry | undefined;
  exchange: ExchangeEntry | undefined;
  scopes: readonly Template[];
  audience: Template | undefined;
  resource: readonly Template[];
  origins: readonly Template[] | undefined;
  redirect: RedirectSetting;
  parameters: ConnectionEntry['parameters'];
  dpop: boolean | undefined;
  par: boolean | undefined;
  refreshOn: readonly number[] | undefined;
}

/** One entry of `connections:`. */
export function decodeConnection(entry: YamlEntry, reporter: Reporter): ConnectionEntry {
  const before = reporter.mark;
  if (!isName(entry.key)) reporter.error('request.badName', entry.keyRange, { name: shorten(entry.key) });
  const draft: Draft = {
    label: undefined,
    grant: 'authorizationCode',
    issuer: undefined,
    endpoints: {},
    clientId: undefined,
    clientSecretName: undefined,
    clientAuth: undefined,
    preset: undefined,
    vscode: undefined,
    privateKey: undefined,
    assertion: undefined,
    exchange: undefined,
    scopes: [],
    audience: undefined,
    resource: [],
    origins: undefined,
    redirect: { kind: 'auto' },
    parameters: { authorize: [], token: [], refresh: [] },
    dpop: undefined,
    par: undefined,
    refreshOn: undefined,
  };
  mapEntries(entry, reporter);
  if (entry.value.kind === 'map') decodeMap(entry.value, draft, reporter);
  checkEditorAccount(entry, draft.vscode, reporter);
  const faults = reporter.errorsSince(before);
  return { ...draft, name: entry.key, nameRange: entry.keyRange, range: entryRange(entry), faults };
}

function decodeMap(map: YamlMap, draft: Draft, reporter: Reporter): void {
  decodeKeys(map, connectionKeys, 'a connection', reporter, (key, entry) => {
    if (isEndpointKey(key)) {
      const url = decodeOptional(entry, reporter);
      if (url) draft.endpoints[ENDPOINTS[key]] = url;
      return;
    }
    switch (key) {
      case 'preset':
      case 'vscode':
        draft[key] = decodeNamed(entry, reporter);
        return;
      case 'grant':
        draft.grant = decodeGrant(entry, reporter) ?? draft.grant;
        return;
      case 'privateKey':
        draft.privateKey = decodePrivateKey(entry, reporter);
        return;
      case 'assertion':
        draft.assertion = decodeAssertion(entry, reporter);
        return;
      case 'exchange':
        draft.exchange = decodeExchange(entry, reporter);
        return;
      case 'dpop':
      case 'par':
        draft[key] = decodeBoolean(entry, reporter);
        return;
      case 'refreshOn':
        draft.refreshOn = decodeStatuses(entry, reporter);
        return;
      case 'clientAuth':
        draft.clientAuth = decodeChoice(entry, clientAuthValues, reporter);
        return;
      case 'clientSecret':
        draft.clientSecretName = decodeSecretName(entry, reporter);
        return;
      case 'label':
      case 'issuer':
      case 'clientId':
      case 'audience':
        draft[key] = decodeOptional(entry, reporter);
        return;
      case 'scopes':
      case 'resource':
        draft[key] = decodeTemplates(entry, reporter, `${key}: [one, two]`);
        return;
      case 'origins':
        draft.origins = decodeTemplates(entry, reporter, 'origins: [https://api.example.com]');
        return;
      case 'redirect':
        draft.redirect = decodeRedirect(entry, reporter);
        return;
      case 'parameters':
        draft.parameters = decodeParameters(entry, reporter);
    }
  });
}

/** What a connection can say that uses an account of VS Code: the rest is VS Code's affair. */
const editorAccountKeys: ReadonlySet<string> = new Set(['vscode', 'label', 'scopes', 'origins', 'refreshOn']);

function checkEditorAccount({ value }: YamlEntry, vscode: NamedSetting | undefined, reporter: Reporter): void {
  if (!vscode || value.kind !== 'map') return;
  if (vscode.name === 'latchkey') reporter.error('connection.vscodeSelf', vscode.range);
  for (const { key, keyRange, value: said } of value.entries) {
    const isMeant = said.kind !== 'null' && !key.startsWith('x-') && Object.hasOwn(connectionKeys, key);
    if (!isMeant || editorAccountKeys.has(key)) continue;
    reporter.error('connection.vscodeAlone', keyRange, { key, provider: shorten(vscode.name) });
  }
}

function decodeNamed(entry: YamlEntry, reporter: Reporter): NamedSetting | undefined {
  const name = decodeText(entry, reporter, `${entry.key}: github`);
  return name === undefined ? undefined : { name, range: entry.value.range };
}

/** Grants that OAuth 2.1 has given up, and what does the same safely (RFC 9700 §2.1.2, §2.4). */
const refusedGrants: Readonly<Record<string, string>> = {
  implicit: 'authorizationCode',
  password: 'authorizationCode, or clientCredentials for a machine',
};

function decodeGrant(entry: YamlEntry, reporter: Reporter): Grant | undefined {
  const text = plainText(entry.value) ?? '';
  const instead = Object.hasOwn(refusedGrants, text) ? refusedGrants[text] : undefined;
  if (instead === undefined) return decodeChoice(entry, grantValues, reporter);
  reporter.error('connection.grantRefused', entry.value.range, { grant: text, instead });
  return undefined;
}

function decodeStatuses(entry: YamlEntry, reporter: Reporter): readonly number[] | undefined {
  const { value } = entry;
  if (value.kind === 'null') return undefined;
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const status = Number(/^4\d\d$/.exec(plainText(item) ?? '')?.[0] ?? NaN);
    if (!Number.isNaN(status)) return status;
    wrongValue(entry.key, item, 'a status from 400 to 499, or a list of them', 'refreshOn: [401, 403]', reporter);
    return [];
  });
}

function isEndpointKey(key: string): key is keyof typeof ENDPOINTS {
  return Object.hasOwn(ENDPOINTS, key);
}

function decodeOptional(entry: YamlEntry, reporter: Reporter): Template | undefined {
  return entry.value.kind === 'null' ? undefined : decodeTemplate(entry, reporter, `${entry.key}: text`);
}

const DEFAULT_PATH = '/callback';

function decodeRedirect(entry: YamlEntry, reporter: Reporter): RedirectSetting {
  const { value } = entry;
  const auto: RedirectSetting = { kind: 'auto' };
  if (value.kind === 'null') return auto;
  if (value.kind === 'map') return decodeRedirectMap(value, reporter) ?? auto;
  const text = plainText(value);
  if (text === 'loopback') return { kind: 'loopback', ports: [], path: DEFAULT_PATH };
  if (text === 'editorUri') return { kind: 'editorUri' };
  if (text !== 'auto') {
    wrongKind(entry, 'auto, loopback, editorUri or a map with loopback, paste or relay', 'redirect: auto', reporter);
  }
  return auto;
}

function decodeRedirectMap(map: YamlMap, reporter: Reporter): RedirectSetting | undefined {
  const found: RedirectSetting[] = [];
  decodeKeys(map, redirectKeys, 'redirect', reporter, (key, entry) => {
    if (key === 'loopback') found.push(decodeLoopback(entry, reporter));
    else {
      const uri = decodeTemplate(entry, reporter, `${key}: https://example.com/callback`);
      if (uri) found.push({ kind: key, uri });
    }
  });
  if (found.length > 1) wrongValue('redirect', map, 'one of loopback, paste and relay', '{ loopback: {} }', reporter);
  return found[0];
}

function decodeLoopback(entry: YamlEntry, reporter: Reporter): RedirectSetting {
  let ports: readonly number[] = [];
  let path = DEFAULT_PATH;
  mapEntries(entry, reporter);
  if (entry.value.kind === 'map') {
    decodeKeys(entry.value, loopbackKeys, 'loopback', reporter, (key, item) => {
      if (key === 'ports') ports = decodePorts(item, reporter);
      else path = decodePath(item, reporter);
    });
  }
  return { kind: 'loopback', ports, path };
}

function decodePorts(entry: YamlEntry, reporter: Reporter): readonly number[] {
  const { value } = entry;
  if (value.kind === 'null') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const port = Number(/^\d{1,5}$/.exec(plainText(item) ?? '')?.[0] ?? NaN);
    if (port >= 1 && port <= 65_535) return port;
    wrongValue('ports', item, 'a port from 1 to 65535, or a list of them', 'ports: [8123]', reporter);
    return [];
  });
}

function decodePath(entry: YamlEntry, reporter: Reporter): string {
  const path = decodeText(entry, reporter, `path: ${DEFAULT_PATH}`) ?? DEFAULT_PATH;
  // Compared with the request's path byte for byte, so only what needs no encoding.
  if (/^\/[\w\-.~/]{0,200}$/.test(path)) return path;
  wrongKind(entry, 'a path that starts with / and needs no encoding', `path: ${DEFAULT_PATH}`, reporter);
  return DEFAULT_PATH;
}

function decodeParameters(entry: YamlEntry, reporter: Reporter): ConnectionEntry['parameters'] {
  const parameters: Record<ParameterPhase, readonly Field[]> = { authorize: [], token: [], refresh: [] };
  mapEntries(entry, reporter);
  if (entry.value.kind === 'map') {
    decodeKeys(entry.value, parameterKeys, 'parameters', reporter, (phase, item) => {
      parameters[phase] = decodeFields(item, reporter);
      for (const { name, nameRange } of parameters[phase]) {
        if (name === 'client_secret') reporter.error('connection.secretInFile', nameRange, { key: 'clientSecret' });
      }
    });
  }
  return parameters;
}
