import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { runnerStrings, type RunnerStringKey } from '../../../src/shared/runnerStrings';
import { present } from '../present';
import type { Say } from '../uiTexts';

/** The runner in a window, by the words that are on it. */
export class RunnerView {
  readonly frame: FrameLocator;
  readonly #say: Say;

  constructor(frame: FrameLocator, say: Say) {
    this.frame = frame;
    this.#say = say;
  }

  text(key: RunnerStringKey, facts?: Readonly<Record<string, string>>): string {
    return this.#say(runnerStrings[key], facts);
  }

  button(key: RunnerStringKey, facts?: Readonly<Record<string, string>>): Locator {
    return this.frame.getByRole('button', { name: this.text(key, facts), exact: true }).first();
  }

  field(key: RunnerStringKey, facts?: Readonly<Record<string, string>>): Locator {
    return this.frame.getByRole('textbox', { name: this.text(key, facts), exact: true });
  }

  /** Says that something is shown, once it is. */
  async shows(text: string | RegExp): Promise<void> {
    await this.frame.getByText(text).first().waitFor();
  }

  async openTab(key: RunnerStringKey): Promise<void> {
    await this.frame.getByRole('tab', { name: new RegExp(`^${this.text(key)}`) }).click();
  }

  async chooseViewer(key: RunnerStringKey): Promise<void> {
    const group = this.frame.getByRole('group', { name: this.text('bodyForm') });
    await group.getByRole('button', { name: this.text(key), exact: true }).click();
  }

  /** Chooses a request of the file by the list at the top. */
  async choose(name: string): Promise<void> {
    await this.frame.getByRole('combobox', { name: this.text('chooseRequest') }).click();
    await this.frame.locator('latchkey-request-picker .option', { hasText: name }).first().click();
  }

  async send(name: string): Promise<void> {
    await this.choose(name);
    await this.button('send').click();
  }

  /** The document itself. */
  async document(): Promise<Frame> {
    const element = await this.frame.locator('latchkey-runner').elementHandle();
    return present((await element.ownerFrame()) ?? undefined, 'the frame of the runner');
  }
}
