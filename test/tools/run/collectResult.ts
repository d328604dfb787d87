import * as path from 'node:path';
import { inspect } from 'node:util';
import type { SuiteFailure, SuiteResult } from '../../helpers/suiteResult';

/** What this reads of the events of Node's test runner. */
export interface TestEvent {
  readonly type: string;
  readonly data?: unknown;
}

interface TestData {
  readonly name: string;
  readonly nesting: number;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details?: {
    readonly type?: string;
    readonly error?: { readonly failureType?: string; readonly cause?: unknown };
  };
}

interface OutputData {
  readonly file: string;
  readonly message: string;
}

/**
 * Counts tests from the events of Node's test runner. A skipped test, and a file or suite without tests, are failures:
 * none may look like a success.
 */
export async function collectResult(
  events: AsyncIterable<TestEvent> | Iterable<TestEvent>,
  files: readonly string[],
): Promise<SuiteResult> {
  const ancestors: string[] = [];
  /** How many tests and suites have ended, by the depth at which they are. */
  const ended: number[] = [];
  const output = new Map<string, string>();
  const diagnostics: string[] = [];
  const failures: SuiteFailure[] = [];
  let passed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stderr') {
      const { file, message } = data as OutputData;
      output.set(file, (output.get(file) ?? '') + message);
    }
    // Says what went wrong after the test that began it had ended; the file is in its text only.
    if (type === 'test:diagnostic') diagnostics.push(`${(data as OutputData).message}\n`);
    if (type !== 'test:start' && type !== 'test:pass' && type !== 'test:fail') continue;
    const test = data as TestData;
    ancestors.splice(test.nesting, Infinity, test.name);
    if (type === 'test:start') {
      ended[test.nesting + 1] = 0;
      continue;
    }
    ended[test.nesting] = (ended[test.nesting] ?? 0) + 1;
    const isEmpty = test.details?.type === 'suite' && ended[test.nesting + 1] === 0;
    const problem = isEmpty ? 'The suite has no tests.' : problemOf(type, test, files);
    if (problem !== undefined) {
      // A file that crashed has nothing better to say than what it wrote.
      const written = output.get(test.name) ?? '';
      const late = files.includes(test.name)
        ? diagnostics.filter((text) => text.includes(path.basename(test.name)))
        : [];
      failures.push({ title: ancestors.join(' › '), message: problem + written + late.join('') });
    }
    if (problem === undefined && type === 'test:pass' && test.details?.type !== 'suite') passed += 1;
  }
  return { passed, failed: failures.length, failures };
}

function problemOf(type: 'test:pass' | 'test:fail', test: TestData, files: readonly string[]): string | undefined {
  if (type === 'test:pass') {
    if (isSet(test.skip) || isSet(test.todo)) return 'The test is skipped.';
    return files.includes(test.name) ? 'The file has no tests.' : undefined;
  }
  const error = test.details?.error;
  // Its subtests have been counted.
  if (error?.failureType === 'subtestsFailed') return undefined;
  const cause = error?.cause ?? error;
  // With what caused it, and so on.
  return `${cause instanceof Error && cause.cause === undefined ? (cause.stack ?? cause.message) : inspect(cause)}\n`;
}

function isSet(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}
