import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import {
  confirmCodePage,
  deviceDeniedPage,
  deviceDonePage,
  enterCodePage,
  type CodeProblem,
  type DeviceForm,
} from '../pages/devicePages';
import { pageHeaders } from '../pages/layout';

/** As clients are registered for it (RFC 8628 §3.4). */
export const deviceCodeGrantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** The device authorization grant with pages in the playground's look. */
export const deviceFlow: NonNullable<NonNullable<Configuration['features']>['deviceFlow']> = {
  enabled: true,
  userCodeInputSource: (context, _form, _out, error) => {
    const isDenied = error?.name === 'AbortedError';
    showPage(context, isDenied ? deviceDeniedPage() : enterCodePage(formOf(context, error), problemOf(error)));
  },
  userCodeConfirmSource: (context, _form, client, _deviceInfo, code) => {
    showPage(context, confirmCodePage(formOf(context, { userCode: code }), { code, clientName: nameOf(client) }));
  },
  successSource: (context) => {
    showPage(context, deviceDonePage(nameOf(context.oidc.client)));
  },
};

/** Errors of the library after which the code is asked for again. */
const problems: Readonly<Record<string, CodeProblem>> = {
  NoCodeError: 'missing',
  NotFoundError: 'unknown',
  ExpiredError: 'expired',
  AlreadyUsedError: 'used',
};

function problemOf(error: Error | undefined): CodeProblem | undefined {
  return error && (problems[error.name] ?? 'broken');
}

/** The library hands its own form over as text; its parts are where it takes them from. */
function formOf(context: KoaContextWithOIDC, facts: object | undefined): DeviceForm {
  const { oidc } = context;
  const secret = oidc.session?.state?.['secret'];
  const code = facts && 'userCode' in facts ? facts.userCode : undefined;
  return {
    action: oidc.urlFor('code_verification'),
    xsrf: typeof secret === 'string' ? secret : '',
    code: typeof code === 'string' ? code : '',
  };
}

function nameOf(client: Client | undefined): string {
  return client?.clientName ?? client?.clientId ?? 'The application';
}

function showPage(context: KoaContextWithOIDC, page: string): void {
  context.set(pageHeaders("'self'"));
  context.body = page;
}
