/** The look of every page: system fonts, no external resources, light and dark. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f4f5f8; --card: #ffffff; --line: #dfe2ea; --text: #1c2230; --quiet: #5b6478; --accent: #3557d6;
  --accent-text: #ffffff; --hover: #f5f7fd; --shadow: 0 1px 2px rgb(20 28 55 / 6%), 0 12px 32px rgb(20 28 55 / 8%);
  --alice: #3557d6; --bob: #0f766e; --note: #f0f3fd; --refused: #a23b1e; --field: #8b93a7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161c; --card: #1d2029; --line: #343946; --text: #e7e9f0; --quiet: #a3abbd; --accent: #8fa8ff;
    --accent-text: #10131c; --hover: #262b38; --shadow: 0 12px 32px rgb(0 0 0 / 40%);
    --alice: #8fa8ff; --bob: #5ec9b8; --note: #232838; --refused: #f2a283; --field: #727b90;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 20px; padding: 32px 16px; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
main {
  width: 100%; max-width: 420px; padding: 28px 32px; background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; box-shadow: var(--shadow);
}
.brand { display: flex; align-items: center; gap: 10px; margin-bottom: 20px; font-weight: 600; }
.brand svg { width: 28px; height: 28px; flex: none; color: var(--accent); }
.brand span { color: var(--quiet); font-weight: 400; }
h1 { margin: 0 0 6px; font-size: 22px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
p { margin: 0 0 20px; color: var(--quiet); }
p.last { margin: 0; }
p strong, li strong { color: var(--text); font-weight: 600; overflow-wrap: anywhere; }
form { margin: 0; }
button, .button {
  display: flex; align-items: center; width: 100%; gap: 14px; padding: 12px 14px; border: 1px solid var(--line);
  border-radius: 10px; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer;
}
button:hover { background: var(--hover); border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 10px; }
.people { display: grid; gap: 10px; }
.people small { display: block; color: var(--quiet); font-size: 13px; }
.avatar {
  flex: none; display: grid; place-items: center; width: 38px; height: 38px; border-radius: 50%;
  color: var(--card); font-weight: 650;
}
.avatar-alice { background: var(--alice); }
.avatar-bob { background: var(--bob); }
.who { display: flex; align-items: center; gap: 12px; margin: 0 0 20px; padding: 10px 12px; border-radius: 10px; background: var(--note); }
.who .avatar { width: 32px; height: 32px; font-size: 14px; }
.who small { display: block; color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
.who form { margin-left: auto; }
.link { color: var(--accent); text-decoration: none; border-radius: 4px; }
.link:hover { text-decoration: underline; }
ul.scopes { list-style: none; margin: 0 0 20px; padding: 0; border-top: 1px solid var(--line); }
ul.scopes li { display: flex; gap: 10px; align-items: baseline; padding: 6px 2px; border-bottom: 1px solid var(--line); }
ul.scopes code { margin-left: auto; padding-left: 12px; white-space: nowrap; }
ul.scopes .mark { flex: none; width: 1em; color: var(--bob); font-weight: 700; }
ul.scopes .refused, ul.scopes .refused .mark { color: var(--refused); }
code { color: var(--quiet); font: 12.5px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.actions { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.actions button { justify-content: center; font-weight: 600; }
.actions .primary { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
.actions .primary:hover { filter: brightness(1.08); }
label { display: block; margin: 0 0 6px; font-weight: 600; font-size: 14px; }
.code { font: 600 26px/1.3 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; letter-spacing: 0.08em; text-align: center; color: var(--text); }
p.code { margin: 0 0 20px; padding: 12px; border-radius: 10px; background: var(--note); }
input.code {
  width: 100%; margin: 0 0 16px; padding: 10px 12px; border: 1px solid var(--field); border-radius: 10px;
  background: none; text-transform: uppercase;
}
input.code::placeholder { color: var(--quiet); opacity: 0.6; font-weight: 400; }
.problem { margin: -6px 0 16px; color: var(--refused); font-size: 14px; }
.actions.single { grid-template-columns: 1fr; }
.after { margin: 18px 0 0; text-align: center; font-size: 14px; }
.after button { display: inline; width: auto; padding: 2px 6px; border: 0; }
.after button:hover { background: none; }
.fine { margin: 16px 0 0; font-size: 13px; }
.after + .fine { text-align: center; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 6px 14px; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { max-width: 420px; text-align: center; text-wrap: balance; color: var(--quiet); font-size: 13px; }
@media (max-width: 440px) { main { padding: 24px 18px; } }
@media (forced-colors: active) { .avatar { border: 1px solid; } }
`;
