import type { Scope } from '../scopes';
import type { User } from '../users';
import { html, type Markup } from './html';
import { layout } from './layout';

/** The page that asks whether the application may have what it asks for. */
export function consentPage(facts: {
  readonly action: string;
  readonly clientName: string;
  /** Host or scheme that the answer goes to; `undefined`: to the window that shows the code. */
  readonly returnsTo: string | undefined;
  readonly user: User;
  readonly scopes: readonly Scope[];
}): string {
  const { user } = facts;
  return layout(
    'Allow access',
    html`<h1>Allow ${facts.clientName}?</h1>
      <p>It wants to do this in your name:</p>
      <ul class="scopes">
        ${facts.scopes.map((scope) => scopeRow(scope, user))}
      </ul>
      <div class="who">
        <span class="avatar avatar-${user.id}" aria-hidden="true">${user.givenName.charAt(0)}</span>
        <span>${user.name}<small>${user.email}</small></span>
      </div>
      <form method="post" action="${facts.action}/consent" class="actions" aria-label="Decide">
        <button formaction="${facts.action}/deny">Deny</button>
        <button class="primary" autofocus>Allow</button>
      </form>
      <p class="after"><a class="link" href="${facts.action}?switch">Sign in as somebody else</a></p>
      ${answerLine(facts.returnsTo)}`,
  );
}

function answerLine(returnsTo: string | undefined): Markup {
  return returnsTo === undefined
    ? html`<p class="fine">The answer goes to the window that shows the code</p>`
    : html`<p class="fine">The answer goes to <code>${returnsTo}</code></p>`;
}

function scopeRow(scope: Scope, user: User): Markup {
  if (user.mayGrant.has(scope.name)) {
    return html`<li>
      <span class="mark" aria-hidden="true">✓</span><span>${scope.meaning}</span><code>${scope.name}</code>
    </li> `;
  }
  return html`<li class="refused">
    <span class="mark" aria-hidden="true">×</span><span>${scope.meaning}: not allowed for ${user.givenName}</span
    ><code>${scope.name}</code>
  </li> `;
}
