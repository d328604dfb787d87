import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Line icons on a grid of 16, one pixel wide, in the color of the text around them. */
const shapes = {
  check: svg`<path d="m3.5 8.5 3 3 6-7"/>`,
  error: svg`<circle cx="8" cy="8" r="6"/><path d="m5.75 5.75 4.5 4.5m0-4.5-4.5 4.5"/>`,
  warning: svg`<path d="M8 2.25 14.25 13.5H1.75ZM8 6.5v3.25m0 1.25v1"/>`,
  info: svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.25v4m0-6.5v1"/>`,
  chevronDown: svg`<path d="m4 6.25 4 4 4-4"/>`,
  account: svg`<circle cx="8" cy="5.5" r="2.75"/><path d="M2.75 13.75c.5-2.75 2.5-4.25 5.25-4.25s4.75 1.5 5.25 4.25"/>`,
  key: svg`<circle cx="5" cy="11" r="2.5"/><path d="m6.75 9.25 6-6m-2.5 2.5 2 2m-4-.25 1.5 1.5"/>`,
  unlocked: svg`<rect x="3.5" y="7.5" width="9" height="6" rx="1"/><path d="M5.5 7.5v-2a2.5 2.5 0 0 1 4.9-.7"/>`,
  environment: svg`<rect x="4.500" y="2.500" width="7" height="8" rx="1"/><path d="M6.750 5h2.500m-2.500 2.500h2.500M8 10.500v3m-5 0h10"/>`,
  shield: svg`<path d="M8 2 13 3.750V8c0 3-2 5-5 6-3-1-5-3-5-6V3.750Z"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1"/><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`,
  openEditor: svg`<path d="M12.5 9v3.5a1 1 0 0 1-1 1h-8a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1H7m2.5-1h4v4m0-4-6 6"/>`,
  wrap: svg`<path d="M2.5 4h11m-11 4h9a2 2 0 0 1 0 4h-3m1.75-1.75L8.5 12l1.75 1.75M2.5 12h3"/>`,
  search: svg`<circle cx="7" cy="7" r="4"/><path d="m10 10 3.5 3.5"/>`,
  close: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  arrowUp: svg`<path d="M8 13V3.5m-4 4 4-4 4 4"/>`,
  arrowDown: svg`<path d="M8 3v9.5m-4-4 4 4 4-4"/>`,
  send: svg`<path d="M4.5 3v10l8-5Z"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8" rx=".5"/>`,
  paperPlane: svg`<path d="M13.75 2.25 2.25 6.75 7 9l2.25 4.75ZM7 9l3-3"/>`,
  binary: svg`<rect x="2.75" y="3" width="3.5" height="4" rx="1"/><rect x="9.75" y="9" width="3.5" height="4" rx="1"/><path d="M10.25 3.5 11.5 3v4m-7.75 2.5L5 9v4"/>`,
  empty: svg`<path d="M3.5 2.5h6l3 3v8h-9Z"/><path d="M9.5 2.5v3h3"/>`,
  refresh: svg`<path d="M13 8a5 5 0 1 1-1.6-3.65M13.25 2v3h-3"/>`,
  question: svg`<path d="M2.5 3.5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H8l-3 3v-3H3.500a1 1 0 0 1-1-1Z"/><path d="M6.500 5.500a1.500 1.500 0 1 1 1.500 1.750m0 1.500v.25"/>`,
  signOut: svg`<path d="M6.500 2.500h-3a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M10.500 5l3 3-3 3m3-3H6.500"/>`,
  add: svg`<path d="M8 3.500v9M3.500 8h9"/>`,
  remove: svg`<path d="M3.500 8h9"/>`,
  fitWidth: svg`<path d="M2.500 3v10M13.500 3v10M4.750 8h6.500M6.750 6l-2 2 2 2m2.500-4 2 2-2 2"/>`,
  arrowRight: svg`<path d="M3 8h9.500m-4-4 4 4-4 4"/>`,
  eye: svg`<path d="M1.750 8C3 5.500 5.250 4 8 4s5 1.500 6.250 4C13 10.500 10.750 12 8 12S3 10.500 1.750 8Z"/><circle cx="8" cy="8" r="1.750"/>`,
  eyeClosed: svg`<path d="M1.750 7C3 9.250 5.250 10.500 8 10.500S13 9.250 14.250 7M8 10.500v2M4.250 9.500l-1 1.750M11.750 9.500l1 1.750"/>`,
  inspect: svg`<path d="M13.500 7.500v-4a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h3M5 5.500h6M5 8h2.500"/><circle cx="10.500" cy="10.500" r="2.250"/><path d="m12.250 12.250 1.750 1.750"/>`,
  code: svg`<path d="M5.500 4.500 2 8l3.500 3.500M10.500 4.500 14 8l-3.500 3.500"/>`,
  edit: svg`<path d="M3 13h2l8-8-2-2-8 8Zm6.500-8.500 2 2"/>`,
  history: svg`<path d="M2.750 8a5.250 5.250 0 1 0 1.600-3.770M2.500 2.500v2.750h2.750M8 5v3.250l2.250 1.250"/>`,
  diff: svg`<rect x="2" y="3" width="5" height="10" rx="1"/><rect x="9" y="3" width="5" height="10" rx="1"/><path d="M3.750 8h1.500m5.500 0h1.500m-.750-.750v1.500"/>`,
  image: svg`<rect x="2.5" y="3" width="11" height="10" rx="1"/><circle cx="5.75" cy="6.25" r="1"/><path d="m3 12 3.500-3.500 2.250 2.250L10.500 9l3 3"/>`,
  save: svg`<path d="M8 2.500v7m-3-3 3 3 3-3M2.500 10.500v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2"/>`,
  filter: svg`<path d="M2.500 3.500h11l-4.250 5v4.500l-2.500-1.500v-3Z"/>`,
  foldAll: svg`<path d="M8 1.500v4m-2.250-2L8 5.750 10.250 3.500M8 14.500v-4m-2.250 2L8 10.250l2.250 2.250M3 8h10"/>`,
  unfoldAll: svg`<path d="M8 6.250v-4.500M5.750 4 8 1.750 10.250 4M8 9.750v4.500M5.750 12 8 14.250 10.250 12M3 8h10"/>`,
  tableHead: svg`<rect x="2.500" y="3" width="11" height="10" rx="1"/><path d="M2.500 6h11M8 6v7M3.500 4.500h9"/>`,
  chevronRight: svg`<path d="m6.250 4 4 4-4 4"/>`,
  redirect: svg`<path d="M3 3v4a2 2 0 0 0 2 2h7.500m-3.500-3.500L12.500 9 9 12.500"/>`,
  pin: svg`<path d="M6 2.500h4l-.500 4 2.500 2.500h-8L6.500 6.500Zm2 6.500v4.500"/>`,
  circleSlash: svg`<circle cx="8" cy="8" r="6"/><path d="m4 12 8-8"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof shapes;

/** Decorative: what an icon means is always said in words as well. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
}
