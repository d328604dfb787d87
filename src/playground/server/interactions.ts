import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Interaction, type InteractionResults, type Provider } from 'oidc-provider';
import { consentPage } from '../pages/consentPage';
import { pageHeaders } from '../pages/layout';
import { loginPage } from '../pages/loginPage';
import { errorPage } from '../pages/messagePages';
import { scopes, type Scope } from '../scopes';
import { findUser } from '../users';
import { interactionPath } from './authorizationServer';
import { formActionSources } from './formAction';

/** Answers the login and consent pages: `/interaction/<id>` and the forms below it. */
export async function handleInteraction(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    await route(provider, req, res);
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    sendPage(res, error.statusCode, errorPage({ error: error.error, description: expired }), "'self'");
  }
}

const expired = 'This page has expired or was used already, or the browser does not accept cookies.';

async function route(provider: Provider, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://localhost');
  const [uid = '', step] = url.pathname.slice(interactionPath.length).split('/');
  const interaction = await provider.interactionDetails(req, res);
  if (interaction.uid !== uid) throw new errors.SessionNotFound('another sign-in has started since');
  if (req.method === 'GET' && step === undefined) {
    await showStep(provider, interaction, url.searchParams.has('switch'), res);
  } else if (req.method === 'POST' && isOwnForm(req)) {
    await submitStep(provider, interaction, step, req, res);
  } else {
    sendPage(res, 405, errorPage({ error: 'invalid_request', description: 'Nothing is served here.' }), "'self'");
  }
}

/** Other pages on this machine are the same site to the browser, so SameSite cookies do not keep their forms out. */
function isOwnForm(req: IncomingMessage): boolean {
  const { origin, host } = req.headers;
  return origin === undefined || origin === `http://${host ?? ''}`;
}

async function showStep(
  provider: Provider,
  interaction: Interaction,
  switchUser: boolean,
  res: ServerResponse,
): Promise<void> {
  const action = `${interactionPath}${interaction.uid}`;
  // A sign-in with a code has no address that its answer goes to.
  const redirectUri = parameter(interaction, 'redirect_uri');
  const clientName = await nameOf(provider, interaction);
  const user = findUser(interaction.session?.accountId);
  const page =
    interaction.prompt.name === 'consent' && user !== undefined && !switchUser
      ? consentPage({ action, clientName, returnsTo: destination(redirectUri), user, scopes: askedScopes(interaction) })
      : loginPage({ action, clientName, hinted: findUser(parameter(interaction, 'login_hint')) });
  sendPage(res, 200, page, formActionSources(redirectUri));
}

async function submitStep(
  provider: Provider,
  interaction: Interaction,
  step: string | undefined,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const finish = (result: InteractionResults, merge: boolean): Promise<void> =>
    provider.interactionFinished(req, res, result, { mergeWithLastSubmission: merge });
  if (step === 'login') {
    const user = findUser((await readForm(req)).get('user') ?? undefined);
    if (user === undefined) throw new errors.InvalidRequest('unknown user');
    // `select_account` is answered by the same click.
    await finish({ login: { accountId: user.id }, select_account: {} }, false);
  } else if (step === 'consent' && interaction.prompt.name === 'consent') {
    await finish({ consent: { grantId: await saveGrant(provider, interaction) } }, true);
  } else if (step === 'deny') {
    await finish({ error: 'access_denied', error_description: 'The user did not allow it' }, false);
  } else {
    throw new errors.InvalidRequest('unknown step');
  }
}

async function saveGrant(provider: Provider, interaction: Interaction): Promise<string> {
  const user = findUser(interaction.session?.accountId);
  const clientId = parameter(interaction, 'client_id');
  if (user === undefined || clientId === undefined) throw new errors.InvalidRequest('nobody is signed in');
  const grant = new provider.Grant({ accountId: user.id, clientId });
  for (const { name } of askedScopes(interaction)) {
    if (user.mayGrant.has(name)) grant.addOIDCScope(name);
    else grant.rejectOIDCScope(name);
  }
  return await grant.save();
}

function askedScopes(interaction: Interaction): readonly Scope[] {
  const asked = new Set(parameter(interaction, 'scope')?.split(' '));
  return scopes.filter((scope) => asked.has(scope.name));
}

async function nameOf(provider: Provider, interaction: Interaction): Promise<string> {
  const client = await provider.Client.find(parameter(interaction, 'client_id') ?? '');
  const name = client?.clientName ?? client?.clientId ?? 'An application';
  return name.length > 80 ? `${name.slice(0, 80)}…` : name;
}

/** Where the answer goes, short enough to read. */
function destination(redirectUri: string | undefined): string | undefined {
  if (redirectUri === undefined) return undefined;
  const url = new URL(redirectUri);
  return /^https?:$/.test(url.protocol) ? url.host : `${url.protocol}//${url.host}`;
}

function parameter(interaction: Interaction, name: string): string | undefined {
  const value = interaction.params[name];
  return typeof value === 'string' ? value : undefined;
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of req.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > 4096) throw new errors.InvalidRequest('form too large');
  }
  return new URLSearchParams(text);
}

function sendPage(res: ServerResponse, status: number, page: string, formAction: string): void {
  res.writeHead(status, pageHeaders(formAction)).end(page);
}
