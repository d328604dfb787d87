import type { Log } from '../../../src/core/ports';
import { inspect } from 'node:util';

/** A log that keeps its lines; errors are written out with their causes, as a log file would have them. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];

  trace(message: string): void {
    this.lines.push(`trace ${message}`);
  }

  debug(message: string): void {
    this.lines.push(`debug ${message}`);
  }

  info(message: string): void {
    this.lines.push(`info ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }

  error(message: string, error?: unknown): void {
    this.lines.push(`error ${message} ${inspect(error, { depth: 10 })}`);
  }

  get text(): string {
    return this.lines.join('\n');
  }
}
