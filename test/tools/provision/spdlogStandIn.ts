/**
 * VS Code writes its log files through a native module that only a compiler makes. Without it every log, output channels
 * included, goes nowhere, and a test that searches the logs for secrets would find nothing in nothing. This module has
 * the same interface, in JavaScript; it does not rotate.
 */
export const spdlogStandIn = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
class Logger {
  #file;
  #plain = false;
  #level = 0;
  constructor(type, name, file) {
    this.#file = file;
  }
  #write(level, message) {
    if (level < this.#level || this.#file === undefined) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    fs.appendFileSync(this.#file, this.#plain ? message : stamp + ' [' + names[level] + '] ' + message + '\\n');
  }
  trace(message) { this.#write(0, message); }
  debug(message) { this.#write(1, message); }
  info(message) { this.#write(2, message); }
  warn(message) { this.#write(3, message); }
  error(message) { this.#write(4, message); }
  critical(message) { this.#write(5, message); }
  getLevel() { return this.#level; }
  setLevel(level) { this.#level = level; }
  setPattern() {}
  clearFormatters() { this.#plain = true; }
  flush() {}
  drop() { this.#file = undefined; }
}
async function create(name, file) {
  await fs.promises.mkdir(path.dirname(file), { recursive: true });
  return new Logger('rotating', name, file);
}
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;
