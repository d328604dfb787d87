import { html, type Markup } from './html';
import { layout } from './layout';

/** What the forms for a code carry along. */
export interface DeviceForm {
  readonly action: string;
  /** The one-time secret that says that the form is ours. */
  readonly xsrf: string;
  /** As it was entered; empty when nothing was. */
  readonly code: string;
}

/** Why the page is shown again. */
export type CodeProblem = 'missing' | 'unknown' | 'expired' | 'used' | 'broken';

const problems: Readonly<Record<CodeProblem, string>> = {
  missing: 'Enter the code first.',
  unknown: 'There is no such code. Compare it with the one in VS Code.',
  expired: 'This code has expired. Start again from VS Code.',
  used: 'This code was used already. Start again from VS Code.',
  broken: 'That did not work. Enter the code again.',
};

/** Asks for the code that the editor shows. */
export function enterCodePage(form: DeviceForm, problem: CodeProblem | undefined): string {
  const described = problem === undefined ? html`` : html`aria-describedby="problem" aria-invalid="true"`;
  return layout(
    'Enter the code',
    html`<h1>Enter the code</h1>
      <p>VS Code shows it. It lets that window sign in, so enter only a code that you asked for yourself.</p>
      <form method="post" action="${form.action}" aria-label="Enter the code">
        <input type="hidden" name="xsrf" value="${form.xsrf}" />
        <label for="code">Code</label>
        <input
          class="code"
          id="code"
          name="user_code"
          value="${form.code}"
          placeholder="BCDF-GHJK"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          required
          autofocus
          ${described}
        />
        ${problem === undefined ? html`` : html`<p class="problem" id="problem" role="alert">${problems[problem]}</p>`}
        <div class="actions single"><button class="primary">Continue</button></div>
      </form>`,
  );
}

/** Asks whether the code is the one that the editor shows. */
export function confirmCodePage(
  form: DeviceForm,
  facts: { readonly code: string; readonly clientName: string },
): string {
  return layout(
    'Confirm the code',
    html`<h1>Is this your code?</h1>
      <p><strong>${facts.clientName}</strong> wants to sign in. Go on only if VS Code shows exactly this code:</p>
      <p class="code" aria-label="The code">${facts.code}</p>
      <form method="post" action="${form.action}" class="actions" aria-label="Decide">
        ${hidden({ xsrf: form.xsrf, user_code: form.code, confirm: 'yes' })}
        <button name="abort" value="yes">It is another</button>
        <button class="primary" autofocus>Continue</button>
      </form>`,
  );
}

/** The end of a sign-in with a code. */
export function deviceDonePage(clientName: string): string {
  return layout(
    'Signed in',
    html`<h1>You are signed in</h1>
      <p class="last"><strong>${clientName}</strong> can go on now. You can close this page and return to VS Code.</p>`,
  );
}

/** The end of a sign-in that was not wanted. */
export function deviceDeniedPage(): string {
  return layout(
    'Not signed in',
    html`<h1>Nobody was signed in</h1>
      <p class="last">You did not allow it. You can close this page.</p>`,
  );
}

function hidden(fields: Readonly<Record<string, string>>): readonly Markup[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" /> `);
}
