import type { BodyView } from '../../core/response/bodyView';
import type { CopySubject } from '../../shared/protocol';
import type { BodyForm, HeaderView, RunnerModel, SentView } from '../../shared/viewModel';

/** The text that goes on the clipboard, as shown: masked. `undefined` when there is nothing of the kind. */
export async function copyText(
  model: RunnerModel | undefined,
  body: BodyView | undefined,
  what: CopySubject,
  form: BodyForm,
): Promise<string | undefined> {
  switch (what) {
    case 'url':
      return model?.request?.url;
    case 'body':
      return body?.kind.kind === 'text' ? body.text(form) : undefined;
    case 'headers':
      return model?.state.kind === 'response' ? headerLines(model.state.exchange.headers) : undefined;
    case 'sent':
      return sentText(model);
  }
}

function sentText(model: RunnerModel | undefined): string | undefined {
  const sent = sentOf(model);
  if (!sent) return undefined;
  const head = [`${sent.method} ${sent.url}`, headerLines(sent.headers)].filter((part) => part !== '').join('\n');
  return sent.body === undefined ? head : `${head}\n\n${sent.body}`;
}

function sentOf(model: RunnerModel | undefined): SentView | undefined {
  const state = model?.state;
  if (state?.kind === 'response') return state.exchange.sent;
  return state?.kind === 'failure' || state?.kind === 'cancelled' ? state.sent : undefined;
}

function headerLines(headers: readonly HeaderView[]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
}
