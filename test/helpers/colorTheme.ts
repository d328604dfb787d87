import type { CodeServerVersion } from '../tools/provision/vsCode';

export type ThemeKind = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

const highContrast = {
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
} as const;

/** The setting that gives each version the built-in theme its own users see first; VS Code renamed them in between. */
const themes: Readonly<Record<CodeServerVersion, Readonly<Record<ThemeKind, string>>>> = {
  '4.139.1': { light: 'Light 2026', dark: 'Dark 2026', ...highContrast },
  '4.105.1': { light: 'Default Light Modern', dark: 'Default Dark Modern', ...highContrast },
};

export function colorThemeSetting(version: CodeServerVersion, kind: ThemeKind): Readonly<Record<string, unknown>> {
  // The system's preference would win otherwise, and headless browsers prefer light.
  return { 'workbench.colorTheme': themes[version][kind], 'window.autoDetectColorScheme': false };
}

/** The setting with which the window follows what the system prefers. */
export function systemThemeSetting(version: CodeServerVersion): Readonly<Record<string, unknown>> {
  return {
    'window.autoDetectColorScheme': true,
    'workbench.preferredLightColorTheme': themes[version].light,
    'workbench.preferredDarkColorTheme': themes[version].dark,
  };
}
