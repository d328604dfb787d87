import type { AuthSetting, Field, Settings, TimeoutSetting } from '../model';
import type { Template } from '../value';

/** A setting with the knowledge whether it was written in the project file. */
export interface Sourced<T> {
  readonly value: T;
  readonly elsewhere: boolean;
}

/** What counts for one request after all layers. */
export interface MergedSettings {
  readonly auth: Sourced<AuthSetting> | undefined;
  readonly baseUrl: Sourced<Template> | undefined;
  /** By lower-case name; a value of `null` means that the header was removed on purpose. */
  readonly headers: ReadonlyMap<string, Sourced<Field>>;
  readonly query: ReadonlyMap<string, Sourced<Field>>;
  readonly timeout: TimeoutSetting;
  readonly redirects: number | undefined;
  readonly cookies: boolean | undefined;
}

/** Project defaults below the file's top level below the request: maps merge, `null` removes. */
export function mergeSettings(project: Settings | undefined, file: Settings, request: Settings): MergedSettings {
  const layers: Sourced<Settings>[] = [
    { value: file, elsewhere: false },
    { value: request, elsewhere: false },
  ];
  if (project) layers.unshift({ value: project, elsewhere: true });
  return {
    auth: last(layers, ({ auth }) => auth),
    baseUrl: last(layers, ({ baseUrl }) => baseUrl),
    headers: mergeFields(
      layers,
      ({ headers }) => headers,
      (name) => name.toLowerCase(),
    ),
    query: mergeFields(
      layers,
      ({ query }) => query,
      (name) => name,
    ),
    timeout: Object.assign({}, ...layers.map(({ value }) => value.timeout)) as TimeoutSetting,
    redirects: last(layers, ({ redirects }) => redirects)?.value,
    cookies: last(layers, ({ cookies }) => cookies)?.value,
  };
}

function last<T>(
  layers: readonly Sourced<Settings>[],
  pick: (settings: Settings) => T | null | undefined,
): Sourced<T> | undefined {
  const layer = layers.findLast(({ value }) => pick(value) !== undefined);
  const value = layer && pick(layer.value);
  return layer && value !== undefined && value !== null ? { value, elsewhere: layer.elsewhere } : undefined;
}

/** An override keeps the place of what it overrides. */
function mergeFields(
  layers: readonly Sourced<Settings>[],
  pick: (settings: Settings) => readonly Field[],
  keyOf: (name: string) => string,
): ReadonlyMap<string, Sourced<Field>> {
  const merged = new Map<string, Sourced<Field>>();
  for (const { value, elsewhere } of layers) {
    for (const field of pick(value)) merged.set(keyOf(field.name), { value: field, elsewhere });
  }
  return merged;
}
