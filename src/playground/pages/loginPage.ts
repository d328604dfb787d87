import { users, type User } from '../users';
import { html, type Markup } from './html';
import { layout } from './layout';

/** The page that asks who signs in. The hinted user comes first and has the keyboard focus. */
export function loginPage(facts: {
  readonly action: string;
  readonly clientName: string;
  readonly hinted: User | undefined;
}): string {
  const people = [...users].sort((a, b) => Number(b === facts.hinted) - Number(a === facts.hinted));
  return layout(
    'Sign in',
    html`<h1>Who are you today?</h1>
      <p><strong>${facts.clientName}</strong> asks you to sign in. Pick a user, there is no password.</p>
      <form method="post" action="${facts.action}/login" class="people" aria-label="Sign in">
        ${people.map(personButton)}
      </form>
      <form method="post" action="${facts.action}/deny" class="after">
        <button class="link">Cancel</button>
      </form>`,
  );
}

function personButton(user: User, index: number): Markup {
  const focus = index === 0 ? html` autofocus` : html``;
  return html`<button name="user" value="${user.id}" ${focus}>
    <span class="avatar avatar-${user.id}" aria-hidden="true">${user.givenName.charAt(0)}</span>
    <span>Continue as ${user.givenName}<small>${user.summary}</small></span>
  </button> `;
}
