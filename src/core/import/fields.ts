import { hasMarks } from '../curl/marks';
import type { JsonValue } from '../json/jsonValue';
import type { ImportedField } from './importModel';
import { importNote, type ImportNote } from './importNote';
import { anyText, isFalseAt, isTrueAt, member, textAt } from './importTree';
import type { Placeholders } from './placeholders';

/** Where a list of named values has them. */
export interface FieldKeys {
  readonly name: string;
  readonly value: string;
}

/** The entries that are switched on, in order; those that are not are named in a note, without their values. */
export function fieldsOf(
  items: readonly JsonValue[],
  keys: FieldKeys,
  what: string,
  placeholders: Placeholders,
  notes: ImportNote[],
): readonly ImportedField[] {
  return enabled(items, keys.name, what, notes).flatMap((item) => {
    const name = placeholders.text(textAt(item, keys.name));
    const value = placeholders.text(anyText(member(item, keys.value)));
    return name === '' && value === '' ? [] : [{ name, value }];
  });
}

/** The items that are switched on; those that are not are named in a note. */
export function enabled(
  items: readonly JsonValue[],
  nameKey: string,
  what: string,
  notes: ImportNote[],
): readonly JsonValue[] {
  const isOff = (item: JsonValue): boolean => isTrueAt(item, 'disabled') || isFalseAt(item, 'enabled');
  const off = items.filter(isOff).map((item) => textAt(item, nameKey));
  const named = off.filter((name) => name !== '');
  if (named.length > 0) notes.push(importNote('disabled', { what, names: shownNames(named) }));
  return items.filter((item) => !isOff(item));
}

/** Some names, so that a note stays readable. */
export function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => (name.length > 80 ? `${name.slice(0, 79)}…` : name));
  return names.length > 20 ? `${shown.join(', ')}, …` : shown.join(', ');
}

/** A plain text as it stands in a query; marks stay, and what is encoded already. */
export function encodedInQuery(text: string): string {
  if (/%[0-9A-Fa-f]{2}/.test(text)) return text;
  return text.replace(/\ufdd4[^\ufdd5]*\ufdd5|[^\ufdd4]+/g, (part) => (hasMarks(part) ? part : encodedPart(part)));
}

function encodedPart(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a surrogate pair cannot be encoded.
    return text;
  }
}
