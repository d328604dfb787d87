import { parseHttpUrl } from '../http/httpUrl';
import { tokenPlacement } from '../http/tokenPlacement';
import { mayBeTold } from '../oauth/toldOrigin';
import type { ProjectFile, RequestEntry } from './model';
import { nearest } from './nearest';
import type { Reporter } from './reporter';
import type { PreparedRequest } from './resolve/prepareRequest';
import type { ResolvedConnection } from './resolveConnection';
import { shorten } from './shorten';

/** Reports a connection that is missing or faulty, and a URL that lies outside of its origins. */
export function checkConnection(
  { auth: prepared, url }: PreparedRequest,
  request: RequestEntry,
  project: ProjectFile | undefined,
  resolve: (name: string) => ResolvedConnection | undefined,
  reporter: Reporter,
): void {
  if (prepared?.auth.kind !== 'connection') return;
  const { range } = prepared;
  const connection = shorten(prepared.auth.connection);
  if (!project) {
    reporter.error('request.noProjectFile', range, { connection });
    return;
  }
  if (!project.connections.has(prepared.auth.connection)) {
    reportUnknownConnection(prepared.auth.connection, range, project, reporter);
    return;
  }
  const resolved = resolve(prepared.auth.connection);
  if (!resolved?.ok) {
    reportFaulty(connection, range, resolved, reporter);
    return;
  }
  const placement = tokenPlacement(prepared.auth, resolved.connection);
  if (placement.in === 'query') reporter.warning('request.tokenInQuery', range, { connection, name: placement.name });
  const { origins, toldOrigin } = resolved.connection;
  const origin = url && parseHttpUrl(url).origin;
  if (origin === undefined || origins.includes(origin)) return;
  // Which one it is, only a sign-in tells.
  if (toldOrigin && mayBeTold(origin, toldOrigin)) return;
  const data = { origin, connection, origins: origins.join(', ') };
  reporter.error('request.originNotAllowed', request.url?.range ?? request.nameRange, data);
}

type Range = RequestEntry['range'];

/** Reports a connection that is not in the project file. */
export function reportUnknownConnection(name: string, range: Range, project: ProjectFile, reporter: Reporter): void {
  const connection = shorten(name);
  const close = nearest(name, [...project.connections.keys(), 'none', 'auto']);
  if (close === undefined) reporter.error('request.unknownConnectionHere', range, { connection });
  else reporter.error('request.unknownConnection', range, { connection, nearest: close });
}

function reportFaulty(
  connection: string,
  range: Range,
  resolved: ResolvedConnection | undefined,
  reporter: Reporter,
): void {
  const faults = resolved?.ok === false ? resolved.diagnostics : [];
  const waiting = faults.find(({ code }) => code === 'variable.needsEnvironment');
  // Nothing is wrong with a connection that only waits for the environment to be chosen.
  if (waiting && faults.every(({ code }) => code === waiting.code)) reporter.add({ ...waiting, range });
  else reporter.error('request.connectionFaulty', range, { connection });
}
