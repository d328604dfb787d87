import { noQuirks, type Quirks } from '../quirks/quirks';
import { asana } from './asana';
import { atlassian } from './atlassian';
import { auth0 } from './auth0';
import { bitbucket } from './bitbucket';
import { box } from './box';
import { cognito } from './cognito';
import { digitalocean } from './digitalocean';
import { discord } from './discord';
import { dropbox } from './dropbox';
import { figma } from './figma';
import { github } from './github';
import { gitlab } from './gitlab';
import { google } from './google';
import { keycloak } from './keycloak';
import { linear } from './linear';
import { linkedin } from './linkedin';
import { microsoft } from './microsoft';
import { notion } from './notion';
import { okta } from './okta';
import { quickbooks } from './quickbooks';
import { reddit } from './reddit';
import { salesforce } from './salesforce';
import { slack } from './slack';
import { spotify } from './spotify';
import { twitch } from './twitch';
import { x } from './x';
import { zoom } from './zoom';
import type { Preset } from './preset';

/** Every provider that can be named as `preset:`, by that name. */
export const presets: Readonly<Record<string, Preset>> = {
  asana,
  atlassian,
  auth0,
  bitbucket,
  box,
  cognito,
  digitalocean,
  discord,
  dropbox,
  figma,
  github,
  gitlab,
  google,
  keycloak,
  linear,
  linkedin,
  microsoft,
  notion,
  okta,
  quickbooks,
  reddit,
  salesforce,
  slack,
  spotify,
  twitch,
  x,
  zoom,
};

/** The preset of that name; `undefined` for none and for a name that nobody knows (any more). */
export function presetNamed(name: string | undefined): Preset | undefined {
  return name !== undefined && Object.hasOwn(presets, name) ? presets[name] : undefined;
}

/** How the provider of that name differs from the RFCs. */
export function quirksOf(name: string | undefined): Quirks {
  return presetNamed(name)?.facts ?? noQuirks;
}
