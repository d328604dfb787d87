import { nothing, type ElementPart } from 'lit';
import { Directive, directive, type PartInfo, PartType } from 'lit/directive.js';

class CssVars extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('cssVars belongs on an element');
  }

  // oxlint-disable-next-line no-unused-vars -- what callers may pass; `update` does the work
  render(_variables: Readonly<Record<`--${string}`, string>>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [variables]: Parameters<this['render']>): typeof nothing {
    for (const [name, value] of Object.entries(variables)) (part.element as HTMLElement).style.setProperty(name, value);
    return nothing;
  }
}

/** Sets CSS variables through the object model: style attributes are forbidden by the page's policy. */
export const cssVars = directive(CssVars);
