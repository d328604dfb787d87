import * as vscode from 'vscode';
import type { ContextKey } from '../ids';
import { Throttled } from './throttled';

/** Milliseconds between two changes of a key: each has the window look through its menus and keybindings. */
const pause = 50;

/** While it changes all the time, as it does with many sends in a row. */
const longestPause = 800;

interface Key {
  told: boolean | undefined;
  readonly changes: Throttled<boolean>;
}

const keys = new Map<ContextKey, Key>();

/** Sets a context key that menus and keybindings of package.json read: at once, or soon where it has just changed. */
export function setContextKey(key: ContextKey, value: boolean): void {
  keyOf(key).changes.next(value);
}

function keyOf(name: ContextKey): Key {
  const known = keys.get(name);
  if (known) return known;
  const key: Key = {
    told: undefined,
    changes: new Throttled(
      pause,
      (value) => {
        if (key.told === value) return;
        key.told = value;
        void vscode.commands.executeCommand('setContext', name, value);
      },
      longestPause,
    ),
  };
  keys.set(name, key);
  return key;
}
