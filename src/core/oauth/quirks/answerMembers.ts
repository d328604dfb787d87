import type { Members } from './memberAt';

/** Members of token and error responses (RFC 6749 §5) that some servers write in camelCase. */
const standardMembers = [
  'access_token',
  'token_type',
  'expires_in',
  'refresh_token',
  'refresh_token_expires_in',
  'id_token',
  'error_description',
] as const;

/**
 * What a token endpoint's answer says, whatever it is labelled: a JSON object, or a form as servers sent it before
 * RFC 6749. Members that are `null` or empty count as absent. `undefined`: neither.
 */
export function answerMembers(text: string): Members | undefined {
  const members = jsonObject(text) ?? form(text);
  if (!members) return undefined;
  const there = Object.entries(members).filter(([, value]) => value !== null && value !== '');
  return inSnakeCase(Object.fromEntries(there));
}

function jsonObject(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

/** Any text could be read as a form, so it must hold what a token endpoint answers with. */
function form(text: string): Members | undefined {
  if (!/^\s*[\w.-]+=/.test(text)) return undefined;
  const parameters = new URLSearchParams(text.trim());
  return parameters.has('access_token') || parameters.has('error') ? Object.fromEntries(parameters) : undefined;
}

function inSnakeCase(members: Members): Members {
  const renamed = standardMembers
    .map((name) => [name, members[camelCase(name)]] as const)
    .filter(([name, value]) => value !== undefined && !Object.hasOwn(members, name));
  return { ...members, ...Object.fromEntries(renamed) };
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
}
