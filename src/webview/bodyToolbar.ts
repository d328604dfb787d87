import { html, nothing, type TemplateResult } from 'lit';
import type { BodyInfo, BodyViewer } from '../shared/viewModel';
import { choiceOfViewer, isTextViewer } from './chosenViewer';
import type { FilterState } from './filterController';
import { tool } from './tool';
import type { View } from './view';

type Body = Exclude<BodyInfo, { kind: 'empty' }>;

/** What the toolbar asks of the parts that live longer than one drawing. */
export interface BodyTools {
  readonly openFind: () => void;
  /** `undefined`: closed. */
  readonly filter: FilterState | undefined;
  readonly toggleFilter: () => void;
  readonly isFolded: boolean;
  readonly foldAll: (isFolded: boolean) => void;
}

/** The switch between the ways to look at a body, and what can be done with it. */
export function bodyToolbar(view: View, body: Body, viewer: BodyViewer, tools: BodyTools): TemplateResult {
  return html`<div class="pane-bar body-bar">
    ${viewerSwitch(view, body, viewer)}
    <span class="grow"></span>
    ${viewer === 'pretty' ? prettyTools(view, body, tools) : nothing} ${isTextViewer(viewer) ? wrapTool(view) : nothing}
    ${viewer === 'table' ? namesTool(view) : nothing}
    ${isTextViewer(viewer) || viewer === 'table' ? findTool(view, tools) : nothing}
    ${body.kind === 'text' ? documentTools(view, viewer) : nothing} ${saveTool(view, body)}
  </div>`;
}

function prettyTools({ strings }: View, body: Body, tools: BodyTools): TemplateResult {
  const { isFolded, foldAll, filter, toggleFilter } = tools;
  const canFold = body.kind === 'text' && body.canFoldAll;
  const label = isFolded ? strings.unfoldAll : canFold ? strings.foldAll : strings.foldAllSmall;
  return html`${tool({
    label,
    iconName: isFolded ? 'unfoldAll' : 'foldAll',
    isDisabled: !isFolded && !canFold,
    onClick: () => foldAll(!isFolded),
  })}
  ${
    body.kind === 'text'
      ? tool({
          label: body.language === 'xml' ? strings.filterXml : strings.filterJson,
          iconName: 'filter',
          isPressed: filter !== undefined,
          onClick: toggleFilter,
        })
      : nothing
  }`;
}

function wrapTool({ strings, ui, changeUi }: View): TemplateResult {
  const onClick = (): void => changeUi({ wrap: !ui.wrap });
  return tool({ label: strings.wrap, iconName: 'wrap', isPressed: ui.wrap, onClick });
}

function findTool({ strings }: View, { openFind }: BodyTools): TemplateResult {
  return tool({ label: strings.find, iconName: 'search', onClick: openFind });
}

function namesTool({ strings, ui, changeUi }: View): TemplateResult {
  const onClick = (): void => changeUi({ tableNames: !ui.tableNames });
  return tool({ label: strings.tableNames, iconName: 'tableHead', isPressed: ui.tableNames, onClick });
}

/** For what is text, however it is looked at. */
function documentTools({ strings, ui, post }: View, viewer: BodyViewer): TemplateResult {
  const form = isTextViewer(viewer) ? viewer : ui.form;
  return html`${tool({
    label: strings.copyBody,
    iconName: 'copy',
    onClick: () => post({ type: 'copy', what: 'body', form }),
  })}
  ${tool({
    label: strings.openInEditor,
    iconName: 'openEditor',
    onClick: () => post({ type: 'openBodyInEditor', form }),
  })}`;
}

function saveTool({ strings, post }: View, { complete }: Body): TemplateResult {
  const label = complete ? strings.saveBody : strings.saveLater;
  return tool({ label, iconName: 'save', isDisabled: !complete, onClick: () => post({ type: 'saveBody' }) });
}

function viewerSwitch(view: View, body: Body, viewer: BodyViewer): TemplateResult {
  const { strings, ui, changeUi } = view;
  const choose = (each: BodyViewer): void => changeUi(choiceOfViewer(body, ui, each));
  return html`<div
    class="switch"
    role="group"
    aria-label=${strings.bodyForm}
    @keydown=${(event: KeyboardEvent) => onSwitchKey(event)}
  >
    ${body.viewers.map(
      (each) => html`<button aria-pressed=${each === viewer} @click=${() => choose(each)}>${strings[each]}</button>`,
    )}
  </div>`;
}

/** Arrows go from one to the next. */
function onSwitchKey(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
