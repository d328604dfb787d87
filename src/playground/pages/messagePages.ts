import { html, Markup } from './html';
import { layout } from './layout';

/** What the server's terse descriptions mean for somebody who plays. */
const explanations: Readonly<Record<string, string>> = {
  invalid_client:
    'The application is not known here. Applications that register themselves are forgotten when the playground restarts.',
  invalid_redirect_uri: 'The application asks for the answer to be sent to an address that it has not registered.',
};

/** Something about the sign-in was wrong, and there is no application to send the user back to. */
export function errorPage(facts: { readonly error: string; readonly description: string }): string {
  return layout(
    'Sign-in failed',
    html`<h1>This sign-in cannot go on</h1>
      <p>${explanations[facts.error] ?? sentence(facts.description)}</p>
      <dl>
        <dt>Error</dt>
        <dd><code>${facts.error}</code></dd>
      </dl>
      <p class="fine">Close this page and start again from VS Code.</p>`,
  );
}

/** Asks whether to end the browser's session. `form` is the server's own form, with its one-time secret. */
export function logoutPage(form: string): string {
  return layout(
    'Sign out',
    html`<h1>Sign out of the playground?</h1>
      <p>VS Code stays signed in: sign out there from the Accounts menu.</p>
      ${new Markup(form)}
      <div class="actions">
        <button form="op.logoutForm">Stay signed in</button>
        <button form="op.logoutForm" name="logout" value="yes" class="primary" autofocus>Sign out</button>
      </div>`,
  );
}

export function loggedOutPage(): string {
  return layout(
    'Signed out',
    html`<h1>You are signed out</h1>
      <p class="last">You can close this page.</p>`,
  );
}

/** What the address of the authorization server shows when it is opened by hand. */
export function homePage(facts: { readonly issuer: string; readonly api: string }): string {
  return layout(
    'Running',
    html`<h1>The playground is running</h1>
      <p>
        An authorization server and a small API to try Latchkey with. Sign in from VS Code: open a sample request and
        click Send.
      </p>
      <dl>
        <dt>Issuer</dt>
        <dd>
          <a class="link" href="/.well-known/openid-configuration"><code>${facts.issuer}</code></a>
        </dd>
        <dt>API</dt>
        <dd><code>${facts.api}</code></dd>
      </dl>`,
  );
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}
