import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BodyKind, EditView, WantedRequest } from '../shared/editView';
import type { TypedEdit } from '../shared/typedView';
import type { RunnerStrings } from '../shared/runnerStrings';
import { fill } from './format';
import { icon } from './icons';
import {
  draftOf,
  isChanged,
  typedDraft,
  wantedOf,
  withBodyKind,
  withNewRow,
  withoutRow,
  withRow,
  type DraftRow,
  type RequestDraft,
  type RowList,
} from './requestDraft';
import { requestEditorStyles } from './requestEditorStyles';
import { controls } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { takeFocus } from './takeFocus';

export interface EditEvents {
  /** `base` is that of the text that the fields were filled from. */
  readonly apply: (base: string, wanted: WantedRequest, send: boolean) => void;
  readonly cancel: () => void;
  /** What stands in the fields by now; `undefined`: nothing that the file does not say. */
  readonly keep: (edit: TypedEdit | undefined) => void;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'] as const;
const BODY_KINDS = ['json', 'form', 'text', 'xml', 'graphql', 'multipart', 'file'] as const;
/** Lines of the body that are in sight. */
const LINES = { least: 3, most: 14 } as const;

/** The fields of a request. Enter and Ctrl+S write them into the file, Ctrl+Enter sends as well, Escape leaves. */
export class RequestEditor extends LitElement {
  static override properties = {
    name: { attribute: false },
    edit: { attribute: false },
    typed: { attribute: false },
    refusal: { attribute: false },
    strings: { attribute: false },
    events: { attribute: false },
    draft: { state: true },
  };

  /** Name of the request. */
  declare name: string;
  declare edit: EditView;
  /** What was typed before; the fields begin with it. */
  declare typed: TypedEdit | undefined;
  /** Why the last attempt was not written. */
  declare refusal: string | undefined;
  declare strings: RunnerStrings;
  declare events: EditEvents;
  declare draft: RequestDraft | undefined;
  /** What the fields were filled from. */
  #from: EditView | undefined;

  static override styles = [controls, focusRing, requestEditorStyles];

  /** Writes what stands in the fields. */
  apply(send: boolean): void {
    if (this.draft && this.#from) this.events.apply(this.#from.base, wantedOf(this.draft), send);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What somebody has typed is not taken away by a change elsewhere.
    const isTyped = this.draft && this.#from && isChanged(this.draft, this.#from.written);
    if (!changed.has('edit') || (isTyped === true && !changed.has('name'))) return;
    if (!this.draft && this.typed) this.#fillWith(this.typed);
    else this.#fill();
  }

  protected override firstUpdated(): void {
    // Nobody has asked for fields that are there again.
    if (!this.typed) this.#focusUrl();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, strings } = this;
    if (!draft) return nothing;
    // No form element: in VS Code the view may not submit any, and nothing of one would happen.
    return html`<div
      class="form"
      role="form"
      aria-label=${fill(strings.editing, { name: this.name })}
      @keydown=${this.#onKeydown}
    >
      <div class="scroll">
        ${this.#target(draft)} ${this.#rows('query', draft.query)} ${this.#rows('headers', draft.headers)}
        ${this.#body(draft)}
      </div>
      ${this.#message()}
      <div class="foot">
        <span class="quiet note">${strings.editNote}</span>
        <button type="button" class="secondary" @click=${() => this.events.cancel()}>${strings.editCancel}</button>
        <button type="button" class="secondary" title=${strings.editApplyHint} @click=${() => this.apply(false)}>
          ${strings.editApply}
        </button>
        <button type="button" class="primary" title=${strings.editSendHint} @click=${() => this.apply(true)}>
          ${icon('send')}<span>${strings.send}</span>
        </button>
      </div>
    </div>`;
  }

  #target({ method, url }: RequestDraft): TemplateResult {
    const { strings } = this;
    return html`<div class="target">
      <input
        class="method"
        list="methods"
        spellcheck="false"
        autocapitalize="characters"
        aria-label=${strings.editMethod}
        .value=${method}
        @input=${(event: Event) => this.#change({ method: valueOf(event) })}
      />
      <datalist id="methods">${METHODS.map((each) => html`<option value=${each}></option>`)}</datalist>
      <input
        class="url mono"
        spellcheck="false"
        aria-label=${strings.editUrl}
        .value=${url}
        @input=${(event: Event) => this.#change({ url: valueOf(event) })}
      />
    </div>`;
  }

  #rows(list: RowList, rows: readonly DraftRow[]): TemplateResult {
    const { strings } = this;
    const label = list === 'query' ? strings.editQuery : strings.editHeaders;
    return html`<div class="part" role="group" aria-label=${label}>
      <div class="head">
        <span class="title">${label}</span>
        <button
          type="button"
          class="tool add"
          aria-label=${fill(strings.editAddTo, { list: label })}
          @click=${() => this.#add(list)}
        >
          ${icon('add')}<span>${strings.editAdd}</span>
        </button>
      </div>
      ${repeat(
        rows,
        ({ key }) => key,
        (row, index) => this.#row(list, label, row, index),
      )}
    </div>`;
  }

  #row(list: RowList, label: string, { key, name, value, isFixed }: DraftRow, index: number): TemplateResult {
    const { strings } = this;
    const facts = { list: label, row: index + 1 };
    const change = (part: 'name' | 'value') => (event: Event) =>
      this.#set(this.draft && withRow(this.draft, list, key, { [part]: valueOf(event) }));
    return html`<div class="row" data-list=${list}>
      <input
        class="name mono"
        spellcheck="false"
        aria-label=${fill(strings.editName, facts)}
        .value=${name}
        @input=${change('name')}
      />
      <input
        class="value mono"
        spellcheck="false"
        aria-label=${fill(strings.editValue, facts)}
        title=${isFixed ? strings.editFixed : nothing}
        ?readonly=${isFixed}
        .value=${value}
        @input=${change('value')}
      />
      <button
        type="button"
        class="tool"
        title=${fill(strings.editRemove, { name })}
        aria-label=${fill(strings.editRemove, { name })}
        @click=${() => this.#remove(list, key)}
      >
        ${icon('close')}
      </button>
    </div>`;
  }

  #body({ body }: RequestDraft): TemplateResult {
    const { strings } = this;
    const hint =
      body?.isYaml === true ? strings.editBodyYaml : body?.kind === 'file' ? strings.editBodyFile : undefined;
    return html`<div class="part" role="group" aria-label=${strings.editBody}>
      <div class="head">
        <span class="title">${strings.editBody}</span>
        <select
          aria-label=${strings.editBodyKind}
          @change=${(event: Event) => this.#set(this.draft && withBodyKind(this.draft, kindOf(valueOf(event))))}
        >
          <option value="" .selected=${!body}>${strings.editBodyNone}</option>
          ${BODY_KINDS.map((kind) => html`<option value=${kind} .selected=${body?.kind === kind}>${kind}</option>`)}
        </select>
        ${hint === undefined ? nothing : html`<span class="quiet">${hint}</span>`}
      </div>
      ${
        body
          ? html`<textarea
              class="mono"
              spellcheck="false"
              aria-label=${strings.editBody}
              rows=${Math.min(LINES.most, Math.max(LINES.least, body.text.split('\n').length))}
              .value=${body.text}
              @input=${(event: Event) => this.#change({ body: { ...body, text: valueOf(event) } })}
            ></textarea>`
          : nothing
      }
    </div>`;
  }

  #message(): TemplateResult | typeof nothing {
    const { strings, refusal, edit } = this;
    if (this.#from && edit.base !== this.#from.base) {
      return html`<div class="message" role="alert">
        ${icon('warning')}<span>${strings.editStale}</span>
        <button type="button" class="secondary" @click=${() => this.#showNew()}>${strings.editShowNew}</button>
      </div>`;
    }
    if (refusal === undefined) return nothing;
    return html`<div class="message" role="alert">${icon('error')}<span>${refusal}</span></div>`;
  }

  #showNew(): void {
    this.#fill();
    this.events.keep(undefined);
    this.#focusUrl();
  }

  #focusUrl(): void {
    takeFocus(this.renderRoot.querySelector<HTMLInputElement>('.url'));
  }

  #fill(): void {
    this.#from = this.edit;
    this.draft = draftOf(this.edit);
  }

  #fillWith({ from, wanted }: TypedEdit): void {
    this.#from = from;
    this.draft = typedDraft(from, wanted);
  }

  #change(change: Partial<RequestDraft>): void {
    this.#set(this.draft && { ...this.draft, ...change });
  }

  #set(draft: RequestDraft | undefined): void {
    this.draft = draft;
    if (!draft || !this.#from) return;
    const isTyped = isChanged(draft, this.#from.written);
    this.events.keep(isTyped ? { from: this.#from, wanted: wantedOf(draft) } : undefined);
  }

  #add(list: RowList): void {
    this.#set(this.draft && withNewRow(this.draft, list));
    void this.updateComplete.then(() => this.#rowInputs(list).at(-1)?.focus());
  }

  /** The focus goes to the row that takes its place. */
  #remove(list: RowList, key: number): void {
    const at = this.draft?.[list].findIndex((row) => row.key === key) ?? 0;
    this.#set(this.draft && withoutRow(this.draft, list, key));
    void this.updateComplete.then(() => {
      const names = this.#rowInputs(list);
      const add = this.renderRoot.querySelectorAll<HTMLElement>('.add')[list === 'query' ? 0 : 1];
      (names[at] ?? names.at(-1) ?? add)?.focus();
    });
  }

  #rowInputs(list: RowList): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(`.row[data-list=${list}] .name`)];
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    const isInField = event.target instanceof HTMLInputElement;
    if (event.key === 'Escape') this.events.cancel();
    else if (!command && event.key === 'Enter' && isInField) this.apply(false);
    else if (command && event.key === 's') this.apply(false);
    else if (command && event.key === 'Enter') this.apply(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

function kindOf(value: string): BodyKind | undefined {
  return BODY_KINDS.find((kind) => kind === value);
}
