import assert from 'node:assert/strict';
import type { HttpRequest } from '../../src/core/http/httpRequest';
import type { Clock, Random } from '../../src/core/ports';
import type { Diagnostic } from '../../src/core/request/diagnostic';
import { parseProjectFile } from '../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../src/core/request/parseRequestFile';
import { noSupplies, type Supplies } from '../../src/core/request/resolve/supplies';
import { resolveRequest, type ResolvedRequest } from '../../src/core/request/resolveRequest';
import { revealForTransport } from '../../src/core/secret';

/** `severity code «the marked text»`, one a diagnostic: what a table of faults is compared with. */
export function summary(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, severity, range }) => `${severity} ${code} «${text.slice(range.start, range.end)}»`);
}

/** 2030-01-31T12:00:00.000Z, always. */
export const fixedClock: Pick<Clock, 'now'> = { now: () => Date.UTC(2030, 0, 31, 12) };

/** Counts up, so that two draws differ and a test can say what comes. */
export function countingRandom(): Random {
  let next = 0;
  return { bytes: (length) => Uint8Array.from({ length }, () => next++ & 0xff) };
}

export interface ResolveOptions {
  readonly project?: string;
  readonly environment?: string;
  readonly request?: string;
  readonly supplies?: Supplies;
  readonly directory?: string;
}

/** Parses and resolves one request of a file: the named one, else the first. */
export function resolve(text: string, options: ResolveOptions = {}): ResolvedRequest {
  const file = parseRequestFile(text);
  const request = file.requests.find(({ name }) => name === options.request) ?? file.requests[0];
  assert.ok(request, 'the file has no request');
  const project = options.project === undefined ? undefined : parseProjectFile(options.project);
  assert.deepEqual(project?.diagnostics ?? [], [], 'the project file has faults');
  const { environment } = options;
  const random = countingRandom();
  const { supplies = noSupplies, directory = '' } = options;
  return resolveRequest({ file, request, project, environment, clock: fixedClock, random, supplies, directory });
}

/** Like {@link resolve}, for a request that must be sendable. */
export function resolved(text: string, options: ResolveOptions = {}): HttpRequest {
  const result = resolve(text, options);
  assert.ok(result.ok, JSON.stringify(result));
  return result.request;
}

/** Like {@link resolve}, for a request that must not be: the summary of why. */
export function refused(text: string, options: ResolveOptions = {}): readonly string[] {
  const result = resolve(text, options);
  assert.ok(!result.ok, 'the request was resolved');
  return summary(text, result.diagnostics);
}

export function bodyText(request: HttpRequest): string {
  assert.ok(request.body instanceof Uint8Array);
  return new TextDecoder('utf-8', { fatal: true }).decode(request.body);
}

export function urlText(request: HttpRequest): string {
  return revealForTransport(request.url);
}

export function headerLines(request: HttpRequest): readonly string[] {
  return request.headers.map(([name, value]) => `${name}: ${revealForTransport(value)}`);
}
