import { base64Text } from '../../base64';
import type { TemplateData } from '../../text/template';
import type { DiagnosticCode } from '../diagnostic';
import { revealForTransport, Secret, type Sensitive } from '../../secret';
import type { Filter } from '../value';
import { encodeComponent } from './encoding';
import { converted, isNull, MAX_SIZE, rawOf, sizeOf, textOf, toJson, type Resolved } from './resolved';

/** What a filter or a text makes of a value; or the code that says why it cannot. */
export type Converted =
  | { readonly ok: true; readonly value: Resolved }
  | { readonly ok: false; readonly code: DiagnosticCode; readonly data: TemplateData };

/**
 * Applies filters from left to right. `|json` writes a value as JSON; but as the last filter of a value that may have
 * any type (`typed`) it reads a text as JSON, which gives the text its type.
 */
export function applyFilters(value: Resolved, filters: readonly Filter[], typed: boolean): Converted {
  let result: Converted = { ok: true, value };
  for (const [index, filter] of filters.entries()) {
    if (!result.ok) return result;
    const reads = typed && filter === 'json' && index === filters.length - 1;
    result = reads ? readJson(result.value) : applyFilter(result.value, filter);
    // Each |json escapes what the one before escaped.
    if (result.ok && sizeOf(result.value) > MAX_SIZE) {
      return { ok: false, code: 'variable.tooBig', data: { limit: MAX_SIZE } };
    }
  }
  return result;
}

function applyFilter(value: Resolved, filter: Filter): Converted {
  if (filter === 'json') return { ok: true, value: textOf(toJson(value)) };
  const text = toText(value);
  if (!text.ok || text.value.kind !== 'text') return text;
  switch (filter) {
    case 'url':
      return { ok: true, value: textOf(converted(text.value.text, encodeComponent)) };
    case 'base64':
      return { ok: true, value: textOf(converted(text.value.text, base64Text)) };
    case 'unix':
      return toUnix(text.value.text);
  }
}

/** The value as a piece of text. A list, a map and `null` have no text of their own. */
export function toText(value: Resolved): Converted {
  if (value.kind === 'text') return { ok: true, value };
  if (value.kind === 'raw' && !isNull(value)) return { ok: true, value: textOf(value.json) };
  const kind = value.kind === 'raw' ? 'null' : `a ${value.kind}`;
  return { ok: false, code: 'variable.notText', data: { kind } };
}

function readJson(value: Resolved): Converted {
  if (value.kind !== 'text') return { ok: true, value };
  try {
    JSON.parse(revealForTransport(value.text));
  } catch {
    return { ok: false, code: 'variable.notJson', data: {} };
  }
  // The text itself goes on, not what JSON.parse made of its numbers.
  return { ok: true, value: rawOf(converted(value.text, (text) => text.trim())) };
}

function toUnix(date: Sensitive): Converted {
  const text = revealForTransport(date);
  const milliseconds = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(milliseconds)) return { ok: false, code: 'variable.notADate', data: {} };
  const seconds = String(Math.floor(milliseconds / 1000));
  return { ok: true, value: rawOf(date instanceof Secret ? new Secret(seconds) : seconds) };
}
