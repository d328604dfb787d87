import { html, type TemplateResult } from 'lit';
import { shownRequest } from '../../shared/typedView';
import type { StreamView } from '../../shared/viewModel';
import type { StreamStore } from '../streamStore';
import type { View } from '../view';

/** The events of a response that comes piece by piece, and a box for messages where they can be sent. */
export function streamPane({ model, strings, post }: View, stream: StreamView, store: StreamStore): TemplateResult {
  const { streamId } = stream;
  const of = shownRequest(model);
  const keep = (text: string): void => {
    store.typed = text;
    if (of !== undefined) post({ type: 'keepMessage', of, text });
  };
  return html`<latchkey-stream-list
    .strings=${strings}
    .stream=${stream}
    .store=${store}
    .revision=${store.revision}
    .events=${{
      open: (index: number) => post({ type: 'streamItem', streamId, index }),
      send: (text: string) => post({ type: 'streamSend', streamId, text }),
      keep,
    }}
  ></latchkey-stream-list>`;
}
