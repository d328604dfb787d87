import { noQuirks, type Quirks } from '../quirks/quirks';
import type { Preset } from './preset';

/** Every provider that can be named as `preset:`, by that name. */
export const presets: Readonly<Record<string, Preset>> = {};

/** The preset of that name; `undefined` for none and for a name that nobody knows (any more). */
export function presetNamed(name: string | undefined): Preset | undefined {
  return name !== undefined && Object.hasOwn(presets, name) ? presets[name] : undefined;
}

/** How the provider of that name differs from the RFCs. */
export function quirksOf(name: string | undefined): Quirks {
  return presetNamed(name)?.facts ?? noQuirks;
}
