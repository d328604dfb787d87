import type { MessageTemplate } from './template';

export const workspaceErrorTexts = {
} as const satisfies Record<string, MessageTemplate>;
