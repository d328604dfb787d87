import { parseContentType } from './classify';

/** An error that the server described in its answer. */
export interface Problem {
  readonly title: string;
  readonly detail: string | undefined;
  /** What else it said, as text, in its order. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** Bodies beyond this are no error descriptions, whatever they say. */
export const PROBLEM_MAX_BYTES = 64 * 1024;
const MAX_FACTS = 20;
const MAX_TEXT = 500;

/**
 * Reads problem details (RFC 9457) and the error responses of RFC 6749 §5.2 and RFC 6750 §3.1.
 * `undefined` when the text is neither. Never throws.
 */
export function readProblem(status: number, contentType: string | undefined, text: string): Problem | undefined {
  if (status < 400) return undefined;
  const body = parseObject(text);
  if (!body) return undefined;
  if (parseContentType(contentType).mediaType === 'application/problem+json') return problemDetails(body);
  return typeof body['error'] === 'string' ? errorResponse(body, body['error']) : undefined;
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function problemDetails(body: JsonObject): Problem {
  const detail = optionalText(body['detail']);
  const title = optionalText(body['title']) ?? detail ?? optionalText(body['type']) ?? 'about:blank';
  return { title, detail: detail === title ? undefined : detail, facts: factsOf(body, ['title', 'detail', 'status']) };
}

function errorResponse(body: JsonObject, error: string): Problem {
  const detail = optionalText(body['error_description']) ?? optionalText(body['message']);
  return { title: shorten(error), detail, facts: factsOf(body, ['error', 'error_description', 'message', 'status']) };
}

function factsOf(body: JsonObject, shown: readonly string[]): Problem['facts'] {
  return Object.entries(body)
    .filter(([name, value]) => !shown.includes(name) && value !== null && !(name === 'type' && value === 'about:blank'))
    .slice(0, MAX_FACTS)
    .map(([name, value]) => ({
      name: shorten(name),
      value: shorten(typeof value === 'string' ? value : JSON.stringify(value)),
    }));
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? shorten(value) : undefined;
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
