import { html, nothing, type TemplateResult } from 'lit';
import type { WantedRequest } from '../shared/editView';
import type { HostMessage } from '../shared/protocol';
import { shownRequest, type TypedEdit } from '../shared/typedView';
import { editRefusal } from './editRefusal';
import type { Page } from './page';
import type { RequestEditor } from './requestEditor';
import { takeFocus } from './takeFocus';
import type { Editing, View } from './view';

/** The request in fields, while it is edited. */
export class EditSection {
  readonly #page: Page;
  #editing: Editing | undefined;
  /** Why the request cannot be edited here. */
  #refusal: string | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** `undefined`: the request is not edited. */
  get editing(): Editing | undefined {
    return this.#editing;
  }

  /**
   * Takes a message about the edit.
   * @param applied what is said when it was written
   */
  receive(message: Extract<HostMessage, { type: 'written' | 'editEnd' }>, applied: string | undefined): void {
    if (message.type === 'written') {
      this.#editing = { edit: message.edit, refusal: undefined };
      this.#refusal = undefined;
      this.#page.changed();
      return;
    }
    const { end } = message;
    if (end.kind === 'refused') {
      this.#page.announce(end.message);
      if (this.#editing) this.#editing = { ...this.#editing, refusal: end.message };
      else this.#refusal = end.message;
      return;
    }
    this.#close();
    if (applied !== undefined) this.#page.announce(applied);
  }

  /** Another request is shown. The host keeps what was typed for this one. */
  leave(): void {
    this.#refusal = undefined;
    if (this.#editing) this.#close();
  }

  /** Fields that were left with something typed in them are there again. */
  resume(typed: TypedEdit): void {
    this.#editing = { edit: typed.from, refusal: undefined, typed };
    this.#page.changed();
  }

  /** Writes the fields and sends. */
  applyAndSend(): void {
    this.#page.root().querySelector<RequestEditor>('latchkey-request-editor')?.apply(true);
  }

  render(view: View): TemplateResult {
    return html`${this.#editing ? this.#editor(view, this.#editing) : nothing}
    ${this.#refusal === undefined ? nothing : editRefusal(view, this.#refusal)}`;
  }

  #editor({ model, strings, post }: View, { edit, refusal, typed }: Editing): TemplateResult {
    const of = shownRequest(model);
    const keep = (kept: TypedEdit | undefined): void => {
      if (of !== undefined) post({ type: 'keepEdit', of, edit: kept });
    };
    return html`<latchkey-request-editor
      .name=${model.request?.name ?? ''}
      .edit=${edit}
      .typed=${typed}
      .refusal=${refusal}
      .strings=${strings}
      .events=${{
        apply: (base: string, wanted: WantedRequest, send: boolean) => post({ type: 'applyEdit', base, wanted, send }),
        cancel: () => {
          keep(undefined);
          this.#end();
        },
        keep,
      }}
    ></latchkey-request-editor>`;
  }

  #end(): void {
    this.#page.post({ type: 'endEdit' });
    this.#close();
  }

  #close(): void {
    const hadFocus = this.#page.root().querySelector('latchkey-request-editor:focus-within') !== null;
    this.#editing = undefined;
    this.#page.changed();
    if (!hadFocus) return;
    this.#page.whenDrawn(() => takeFocus(this.#page.root().querySelector<HTMLElement>('.address .tool')));
  }
}
