import type { Exchange } from '../http/exchange';
import { secretMasker, type SecretMasker } from '../http/secretMasker';
import type { CaptureEntry } from '../request/expectModel';
import { shownValue } from '../request/resolve/resolved';
import { shorten } from '../request/shorten';
import type { Secret } from '../secret';
import { evaluateCaptures, type CapturedValue, type CaptureResult } from './captures';
import { checkExpectations } from './checkExpectations';
import { isOk, type ExpectationResult } from './expectationResult';
import type { Expectations } from './expectations';
import { ResponseContent } from './responseContent';
import { secretsExpected, secretsIn } from './secretsIn';
import { SHOWN_LENGTH } from './showJson';
import type { SchemaFiles } from './schema/schemaFiles';

export interface Examined {
  readonly expect: Expectations;
  readonly captures: readonly CaptureEntry[];
}

export interface ExamineDependencies {
  /** Schemas in files of the workspace folder. */
  readonly files: SchemaFiles;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

/** A captured value as it may be shown: plain JSON, without a secret. */
export interface CaptureSummary {
  readonly name: string;
  /** Where it comes from: `$.items[0].id`. */
  readonly from: string;
  /** Shortened. */
  readonly value: string;
}

/** What an exchange amounts to. */
export interface Examination {
  /** A response arrived, and all expectations and captures held. */
  readonly ok: boolean;
  /** Captures that were not found are among them, as what they are to the user: something expected that is not so. */
  readonly expectations: readonly ExpectationResult[];
  /** Those that were found. */
  readonly captures: readonly CaptureSummary[];
  /** By name. Those that were not found are not in it. */
  readonly values: ReadonlyMap<string, CapturedValue>;
  /** What was captured and is secret: the response holds it, so nothing of it is shown without masking these. */
  readonly secrets: readonly Secret[];
}

/** Looks at an exchange as its file asks to: takes out captures, checks expectations. The body is parsed once. */
export async function examineExchange(
  exchange: Exchange,
  { expect, captures }: Examined,
  { files, pause }: ExamineDependencies,
): Promise<Examination> {
  const { outcome } = exchange;
  const content = outcome.kind === 'response' ? new ResponseContent(outcome.response, pause) : undefined;
  const captured = await evaluateCaptures(captures, exchange, content);
  const values = new Map(captured.flatMap((result) => (result.ok ? [[result.name, result.captured] as const] : [])));
  const secrets = Array.from(values.values(), ({ value }) => secretsIn(value)).flat();
  const mask = secretMasker([...(exchange.secrets ?? []), ...secrets, ...secretsExpected(expect)]);
  const checked = await checkExpectations(expect, exchange, { content, mask, files });
  const expectations = [...checked, ...captured.flatMap(missing)];
  const summaries = captured.flatMap((result) => summaryOf(result, mask));
  return { ok: isOk(exchange, expectations), expectations, captures: summaries, values, secrets };
}

function missing(result: CaptureResult): readonly ExpectationResult[] {
  if (result.ok) return [];
  return [{ what: `capture ${result.name} from ${result.from}`, ok: false, actual: result.problem }];
}

function summaryOf(result: CaptureResult, mask: SecretMasker): readonly CaptureSummary[] {
  if (!result.ok) return [];
  const value = shorten(mask(shownValue(result.captured.value)), SHOWN_LENGTH);
  return [{ name: result.name, from: result.from, value }];
}
