import { css, html, LitElement, type TemplateResult } from 'lit';

export interface MenuItem {
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

/** Pixels from the corner of the page. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** A menu of actions, with the keys of VS Code's own: arrows, Home, End, Enter, Escape. */
export class RowMenu extends LitElement {
  static override properties = {
    items: { attribute: false },
    place: { attribute: false },
    label: { attribute: false },
    close: { attribute: false },
  };

  declare items: readonly (MenuItem | 'separator')[];
  declare place: MenuPlace;
  /** For screen readers. */
  declare label: string;
  declare close: () => void;

  static override styles = menuStyles();

  readonly #onOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.close();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('mousedown', this.#onOutside, true);
    window.addEventListener('blur', this.#onOutside);
    window.addEventListener('resize', this.#onOutside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('mousedown', this.#onOutside, true);
    window.removeEventListener('blur', this.#onOutside);
    window.removeEventListener('resize', this.#onOutside);
  }

  protected override firstUpdated(): void {
    const menu = this.renderRoot.querySelector<HTMLElement>('.menu');
    if (!menu) return;
    // Where there is no room below or beside, it opens the other way.
    const { width, height } = menu.getBoundingClientRect();
    const { x, y } = this.place;
    menu.style.setProperty('--x', `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`);
    menu.style.setProperty('--y', `${y + height + 4 > innerHeight ? Math.max(4, y - height) : y}px`);
    this.#buttons()[0]?.focus();
  }

  protected override render(): TemplateResult {
    return html`<div class="menu" role="menu" aria-label=${this.label} @keydown=${this.#onKeydown}>
      ${this.items.map((item) =>
        item === 'separator'
          ? html`<div class="separator" role="separator"></div>`
          : html`<button role="menuitem" tabindex="-1" ?disabled=${item.isDisabled} @click=${() => this.#run(item)}>
              ${item.label}
            </button>`,
      )}
    </div>`;
  }

  #run({ run }: MenuItem): void {
    this.close();
    run();
  }

  #buttons(): readonly HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLButtonElement>('button:enabled')];
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const buttons = this.#buttons();
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % buttons.length,
      ArrowUp: (at + buttons.length - 1) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    };
    const target = targets[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else if (target !== undefined) buttons[target]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function menuStyles(): ReturnType<typeof css> {
  return css`
    .menu {
      position: fixed;
      z-index: 10;
      left: var(--x, 0);
      top: var(--y, 0);
      box-sizing: border-box;
      min-width: 160px;
      padding: 4px;
      font-family: var(--vscode-font-family);
      font-size: 13px;
      color: var(--vscode-foreground);
      background: var(--vscode-editorWidget-background);
      border: 1px solid var(--vscode-widget-border, transparent);
      border-radius: 6px;
      box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    }
    button {
      display: block;
      width: 100%;
      height: 26px;
      padding: 0 12px;
      font: inherit;
      text-align: left;
      white-space: nowrap;
      color: inherit;
      background: none;
      border: 0;
      border-radius: 4px;
      cursor: pointer;
    }
    button:disabled {
      opacity: 0.5;
      cursor: default;
    }
    button:enabled:is(:hover, :focus) {
      background: var(--vscode-list-hoverBackground);
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
    .separator {
      height: 1px;
      margin: 4px 0;
      background: var(--vscode-panel-border, transparent);
    }
  `;
}
