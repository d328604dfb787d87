import { LitElement } from 'lit';

/** Text that changes with time, such as a countdown. It redraws itself and nothing else. */
export class TickingText extends LitElement {
  static override properties = { text: { attribute: false }, every: { type: Number } };

  /** The text at a moment, in milliseconds since the epoch. */
  declare text: (now: number) => string;
  /** Milliseconds between two drawings. */
  declare every: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.text = () => '';
    this.every = 1000;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), this.every);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** In the light: the text is part of what surrounds it, for styles and for screen readers. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): string {
    return this.text(Date.now());
  }
}
