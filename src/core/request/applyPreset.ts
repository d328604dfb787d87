import { hasSecret, isWithoutPkce } from '../oauth/connectionPkce';
import type { ConnectionConfig } from '../oauth/model';
import type { Preset } from '../oauth/presets/preset';
import { presetNamed, presets } from '../oauth/presets/presets';
import { withPreset } from '../oauth/presets/withPreset';
import type { ConnectionEntry, NamedSetting } from './model';
import { nearest } from './nearest';
import type { Reporter } from './reporter';
import { shorten } from './shorten';

/** The connection filled up from its preset, with a word on what people should know about the provider. */
export function applyPreset(
  connection: ConnectionConfig,
  { preset: named, origins }: ConnectionEntry,
  reporter: Reporter,
): ConnectionConfig {
  if (!named) return connection;
  const preset = presetNamed(named.name);
  if (!preset) {
    reportUnknown(named, reporter);
    return connection;
  }
  const known = withPreset(connection, preset);
  // An empty list is said on purpose: nowhere.
  const filled = origins === undefined ? known : { ...known, origins: connection.origins };
  warn(filled, preset, named, reporter);
  return filled;
}

function warn(connection: ConnectionConfig, preset: Preset, { range }: NamedSetting, reporter: Reporter): void {
  const data = { preset: preset.label };
  if (isWithoutPkce(connection)) reporter.warning('connection.withoutPkce', range, data);
  const isPerson = connection.grant === 'authorizationCode';
  if (isPerson && preset.facts.publicClients === false && !hasSecret(connection)) {
    reporter.warning('connection.presetNeedsSecret', range, data);
  }
}

function reportUnknown({ name, range }: NamedSetting, reporter: Reporter): void {
  const close = nearest(name, Object.keys(presets));
  const data = { preset: shorten(name), known: Object.keys(presets).join(', ') };
  if (close === undefined) reporter.error('connection.unknownPresetHere', range, data);
  else reporter.error('connection.unknownPreset', range, { ...data, nearest: close });
}
