import { isLoopbackHost } from '../../core/http/loopback';
import { parseProjectFile } from '../../core/request/parseProjectFile';

/** The origin on this machine that the variable `api` of a project file names, as the playground writes it there. */
export function namedApi(projectFile: string): string | undefined {
  const value = parseProjectFile(projectFile).variables.get('api')?.value;
  const [api] = value?.kind === 'text' && value.parts.length === 1 ? value.parts : [];
  if (typeof api !== 'string' || !URL.canParse(api)) return undefined;
  const { protocol, hostname, origin } = new URL(api);
  return protocol === 'http:' && isLoopbackHost(hostname) ? origin : undefined;
}
