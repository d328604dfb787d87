import type { Exchange } from '../http/exchange';
import { formsMasker, secretForms, type SecretMasker } from '../http/secretMasker';
import type { CaptureEntry } from '../request/expectModel';
import { shownBeginning, type Resolved } from '../request/resolve/resolved';
import { shorten } from '../request/shorten';
import type { Secret } from '../secret';
import { evaluateCaptures, type CapturedValue, type CaptureResult } from './captures';
import { checkExpectations } from './checkExpectations';
import { ExaminedBody, type ExaminedBodyOptions } from './examinedBody';
import { isOk, type ExpectationResult } from './expectationResult';
import type { Expectations } from './expectations';
import { secretsExpected, secretsIn } from './secretsIn';
import { SHOWN_LENGTH } from './showJson';

export interface Examined {
  readonly expect: Expectations;
  readonly captures: readonly CaptureEntry[];
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

/**
 * Looks at an exchange as its file asks to: takes out captures, checks expectations. The body is parsed once. Rejects
 * with an `AbortError` when the signal fires.
 */
export async function examineExchange(
  exchange: Exchange,
  examined: Examined,
  options: ExaminedBodyOptions,
): Promise<Examination> {
  const { outcome } = exchange;
  const body = outcome.kind === 'response' ? new ExaminedBody(outcome.response, options) : undefined;
  try {
    return await examineBody(exchange, examined, body, options.pause);
  } finally {
    body?.close();
  }
}

async function examineBody(
  exchange: Exchange,
  { expect, captures }: Examined,
  body: ExaminedBody | undefined,
  pause: () => Promise<void>,
): Promise<Examination> {
  const captured = await evaluateCaptures(captures, exchange, body, pause);
  const values = new Map(captured.flatMap((result) => (result.ok ? [[result.name, result.captured] as const] : [])));
  const secrets = Array.from(values.values(), ({ value }) => secretsIn(value)).flat();
  const forms = secretForms([...(exchange.secrets ?? []), ...secrets, ...secretsExpected(expect)]);
  const checked = await checkExpectations(expect, exchange, { body, forms, pause });
  const expectations = [...checked, ...captured.flatMap(missing)];
  const summaries = captured.flatMap((result) => summaryOf(result, formsMasker(forms)));
  return { ok: isOk(exchange, expectations), expectations, captures: summaries, values, secrets };
}

function missing(result: CaptureResult): readonly ExpectationResult[] {
  if (result.ok) return [];
  return [{ what: `capture ${result.name} from ${result.from}`, ok: false, actual: result.problem }];
}

function summaryOf(result: CaptureResult, mask: SecretMasker): readonly CaptureSummary[] {
  if (!result.ok) return [];
  const value = shortened(result.captured.value, mask);
  return [{ name: result.name, from: result.from, value }];
}

/** As much of a value as is shown. It is masked before it is cut, and masking makes it shorter. */
function shortened(value: Resolved, mask: SecretMasker): string {
  for (let characters = SHOWN_LENGTH; ; characters *= 4) {
    const beginning = shownBeginning(value, characters);
    const masked = mask(beginning);
    if (masked.length > SHOWN_LENGTH || beginning.length < characters) return shorten(masked, SHOWN_LENGTH);
  }
}
