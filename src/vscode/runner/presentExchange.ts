import type { Exchange, Hop, ResponseSummary } from '../../core/http/exchange';
import { redirectChange } from '../../core/http/redirectTrail';
import { ReceivedBody } from '../../core/http/receiveBody';
import type { HopTimings } from '../../core/ports';
import type { BodyView } from '../../core/response/bodyView';
import { PROBLEM_MAX_BYTES, readProblem } from '../../core/response/problem';
import type { ExchangeView, HopView, PhaseName, PhaseView, ProblemView } from '../../shared/viewModel';
import { presentBody } from './presentBody';
import { presentHeaders } from './presentHeaders';
import { presentSent } from './presentSent';

/** What is drawn up elsewhere, in the editor's language. */
export type ExchangeFacts = Pick<ExchangeView, 'expectations' | 'captures' | 'notice' | 'notes' | 'cookies' | 'stream'>;

/** Draws up an exchange that got a response. `body` is the view of that response's body. */
export async function presentExchange(
  exchange: Exchange,
  response: ResponseSummary,
  body: BodyView,
  { expectations, captures, notice, notes, cookies, stream }: ExchangeFacts,
): Promise<ExchangeView> {
  const lastUrl = exchange.hops.at(-1)?.request.url;
  return {
    id: exchange.id,
    status: response.status,
    statusText: response.statusText,
    duration: exchange.duration,
    receiving: !isReceived(response),
    finalUrl: exchange.hops.length > 1 ? lastUrl : undefined,
    headers: presentHeaders(response.headers),
    cookies,
    body: presentBody(body),
    stream,
    problem: await presentProblem(response, body),
    notice,
    notes,
    hops: presentHops(exchange),
    unverified: unverifiedHosts(exchange),
    sent: presentSent(exchange.request),
    expectations,
    captures,
  };
}

function isReceived({ body }: ResponseSummary): boolean {
  return !(body instanceof ReceivedBody) || body.isComplete;
}

async function presentProblem(response: ResponseSummary, body: BodyView): Promise<ProblemView | undefined> {
  if (response.status < 400 || !isReceived(response) || body.kind.kind !== 'text' || body.size > PROBLEM_MAX_BYTES)
    return undefined;
  const contentType = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return readProblem(response.status, contentType, await body.text('raw'));
}

function unverifiedHosts({ hops }: Exchange): readonly string[] {
  const hosts = hops.filter(({ unverified }) => unverified).map(({ request: { url } }) => URL.parse(url)?.host ?? url);
  return [...new Set(hosts)];
}

function presentHops(exchange: Exchange): readonly HopView[] {
  let start = 0;
  return exchange.hops.map((hop, index) => {
    const isLast = index === exchange.hops.length - 1;
    const end = isLast ? Math.max(exchange.duration, start + hop.timings.headers) : start + hop.timings.headers;
    const before = exchange.hops[index - 1];
    const redirect = before && redirectChange(before, hop);
    const view = { ...presentHop(hop, start, end), redirect };
    start = end;
    return view;
  });
}

function presentHop(hop: Hop, start: number, end: number): Omit<HopView, 'redirect'> {
  const { method, url } = hop.request;
  return { method, url, status: hop.status, http2: hop.http2 === true, phases: phasesOf(hop.timings, start, end) };
}

/** Timings name the moment at which each phase ended; a phase lasts from the end of the one before. */
function phasesOf(timings: HopTimings, start: number, end: number): readonly PhaseView[] {
  const ends: readonly (readonly [PhaseName, number | undefined])[] = [
    ['dns', timings.dns],
    ['connect', timings.connect],
    ['tls', timings.tls],
    ['send', timings.sent],
    ['wait', timings.headers],
    ['download', end - start],
  ];
  const phases: PhaseView[] = [];
  let at = 0;
  for (const [phase, endsAt] of ends) {
    if (endsAt === undefined) continue;
    phases.push({ phase, start: start + at, duration: Math.max(0, endsAt - at) });
    at = Math.max(at, endsAt);
  }
  return phases;
}
