import { projectFileKeys } from '../format/projectKeys';
import { settingsKeys } from '../format/settingsKeys';
import type { Diagnostic } from '../diagnostic';
import type { Inputs } from '../flow';
import type { ConnectionEntry, EnvironmentEntry, ProjectFile, Settings, TlsEntry, Variables } from '../model';
import { isName } from '../names';
import { nearest } from '../nearest';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlNode } from '../yaml/yamlNode';
import { decodeConnection } from './decodeConnection';
import { decodeInputs } from './decodeInputs';
import { decodeKeys, mapEntries, wrongValue } from './decodeKeys';
import { decodeSetting, emptySettings } from './decodeSettings';
import { decodeTls } from './decodeTls';
import { firstOfEach, plainText } from './decodeValue';
import { decodeVariables, type OriginOf } from './decodeVariables';

/** Decodes what a project file says; the errors that are in the reporter already belong to the whole file. */
export function decodeProject(root: YamlNode | undefined, origin: OriginOf, reporter: Reporter): ProjectFile {
  let connections: ReadonlyMap<string, ConnectionEntry> = new Map();
  let environments: ReadonlyMap<string, EnvironmentEntry> = new Map();
  let variables: Variables = new Map();
  let defaults: Settings = emptySettings();
  let tls: ReadonlyMap<string, TlsEntry> = new Map();
  let inputs: Inputs = new Map();
  let protect: YamlEntry | undefined;
  if (root?.kind === 'map') {
    decodeKeys(root, projectFileKeys, 'the project file', reporter, (key, entry) => {
      if (key === 'connections') connections = decodeConnections(entry, reporter);
      else if (key === 'environments') environments = decodeEnvironments(entry, origin, reporter);
      else if (key === 'variables') variables = decodeVariables(entry, origin, reporter);
      else if (key === 'defaults') defaults = decodeDefaults(entry, reporter);
      else if (key === 'tls') tls = decodeTls(authored(entry, reporter), reporter);
      else if (key === 'inputs') inputs = decodeInputs(entry, reporter);
      else protect = entry;
    });
  } else if (root && root.kind !== 'null') {
    wrongValue('The file', root, 'a map', 'connections: at the top', reporter);
  }
  const protectedNames = protect ? decodeProtect(protect, environments, reporter) : [];
  const faults = faultsOutside(connections, environments, variables, reporter);
  const diagnostics = reporter.sorted();
  const said = { connections, environments, variables, defaults, tls, inputs, protect: protectedNames };
  return { ...said, faults, diagnostics, root };
}

function decodeConnections(entry: YamlEntry, reporter: Reporter): ReadonlyMap<string, ConnectionEntry> {
  const entries = authored(entry, reporter).map((item) => decodeConnection(item, reporter));
  return new Map(entries.map((connection) => [connection.name, connection]));
}

function decodeEnvironments(
  entry: YamlEntry,
  origin: OriginOf,
  reporter: Reporter,
): ReadonlyMap<string, EnvironmentEntry> {
  const environments = new Map<string, EnvironmentEntry>();
  for (const item of authored(entry, reporter)) {
    const { key, keyRange } = item;
    if (!isName(key)) reporter.error('request.badName', keyRange, { name: shorten(key) });
    environments.set(key, { name: key, nameRange: keyRange, variables: decodeVariables(item, origin, reporter) });
  }
  return environments;
}

function authored(entry: YamlEntry, reporter: Reporter): readonly YamlEntry[] {
  return firstOfEach(mapEntries(entry, reporter)).filter(({ key }) => !key.startsWith('x-'));
}

function decodeDefaults(entry: YamlEntry, reporter: Reporter): Settings {
  const settings = emptySettings();
  mapEntries(entry, reporter);
  if (entry.value.kind === 'map') {
    decodeKeys(entry.value, settingsKeys, 'defaults', reporter, (key, item) => {
      decodeSetting(key, item, settings, reporter);
    });
  }
  return settings;
}

function decodeProtect(
  entry: YamlEntry,
  environments: ReadonlyMap<string, EnvironmentEntry>,
  reporter: Reporter,
): readonly string[] {
  const { value } = entry;
  if (value.kind === 'null') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const name = plainText(item);
    if (name === undefined) {
      wrongValue('protect', item, 'the name of an environment or a list of them', 'protect: [production]', reporter);
      return [];
    }
    if (!environments.has(name)) reportUnknownEnvironment(name, item, environments, reporter);
    return name;
  });
}

function reportUnknownEnvironment(
  name: string,
  item: YamlNode,
  environments: ReadonlyMap<string, EnvironmentEntry>,
  reporter: Reporter,
): void {
  const close = nearest(name, environments.keys());
  const known = [...environments.keys()].join(', ');
  const data = { environment: shorten(name), known, ...(close === undefined ? {} : { nearest: close }) };
  // A warning: the environment may live in latchkey.local.yaml.
  reporter.warning('request.unknownEnvironment', item.range, data);
}

function faultsOutside(
  connections: ReadonlyMap<string, ConnectionEntry>,
  environments: ReadonlyMap<string, EnvironmentEntry>,
  variables: Variables,
  reporter: Reporter,
): readonly Diagnostic[] {
  const errors = reporter.errorsSince(0);
  if (errors.length === 0) return errors;
  const values = [variables, ...[...environments.values()].map((environment) => environment.variables)];
  const holders = [...connections.values(), ...values.flatMap((map) => [...map.values()])];
  const inside = new Set(holders.flatMap(({ faults }) => faults));
  return errors.filter((fault) => !inside.has(fault));
}
