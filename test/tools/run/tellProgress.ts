import * as path from 'node:path';
import type { TestEvent } from './collectResult';

interface NamedTest {
  readonly name: string;
  readonly nesting: number;
  readonly details?: { readonly duration_ms?: number };
}

/**
 * Passes events on, and says of each file or test of the outermost level when it begins and ends: when the whole is cut
 * off, that is all there is to see what it was busy with.
 */
export async function* tellProgress(
  events: AsyncIterable<TestEvent> | Iterable<TestEvent>,
  say: (line: string) => void,
): AsyncGenerator<TestEvent> {
  for await (const event of events) {
    const line = lineOf(event);
    if (line !== undefined) say(line);
    yield event;
  }
}

function lineOf({ type, data }: TestEvent): string | undefined {
  const sign = type === 'test:dequeue' ? '…' : type === 'test:pass' ? '✓' : type === 'test:fail' ? '✗' : undefined;
  const test = data as NamedTest | undefined;
  if (sign === undefined || test?.nesting !== 0) return undefined;
  const name = path.isAbsolute(test.name) ? path.basename(test.name) : test.name;
  const { duration_ms: duration } = test.details ?? {};
  return `${sign} ${name}${duration === undefined ? '' : ` (${(duration / 1000).toFixed(1)} s)`}`;
}
