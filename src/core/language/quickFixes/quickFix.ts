import type { Diagnostic, TextRange } from '../../request/diagnostic';
import type { YamlNode } from '../../request/yaml/yamlNode';
import type { TemplateData } from '../../text/template';
import type { quickFixTexts } from '../../text/quickFixTexts';

/** A change of a text that leaves everything outside of its ranges as it is. */
export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

export type QuickFixCode = keyof typeof quickFixTexts;

/** One way to put a mistake right. */
export interface QuickFix {
  readonly code: QuickFixCode;
  readonly data: TemplateData;
  /** In the file with the mistake, or in the project file that counts for it. Ranges do not overlap. */
  readonly target: 'file' | 'project';
  readonly edits: readonly TextEdit[];
  /** The one that is nearly always meant. */
  readonly preferred?: boolean;
}

export interface SourceText {
  readonly text: string;
  readonly root: YamlNode | undefined;
}

export interface FixContext {
  readonly file: SourceText;
  /** `latchkey.yaml`; absent when the mistake is in it, or there is none. */
  readonly project: SourceText | undefined;
  /** The active environment, where the project file has one of that name. */
  readonly environment: string | undefined;
}

/** The ways to put one kind of mistake right; empty when none fits the place. */
export type Fixer = (diagnostic: Diagnostic, context: FixContext) => readonly QuickFix[];
