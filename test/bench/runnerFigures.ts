import * as fs from 'node:fs';
import * as path from 'node:path';
import { resultsFolder } from '../helpers/repository';
import type { Measurement } from '../tools/bench/measurement';
import type { Subject } from './runnerOrders';

type Measured = Subject | 'raw';

interface Row {
  readonly figure: string;
  readonly name: string;
  readonly unit: Measurement['unit'];
  readonly aim?: number;
  /** What the ratio is to. */
  readonly beside?: Measured;
  /** What was measured of others elsewhere, for the same work on the same kind of machine. */
  readonly stated?: string;
}

const MB = 1_000_000;

/** What has been measured so far, for the impatient. */
const log = path.join(resultsFolder, 'logs', 'bench-runner.log');

/** Everything that was measured, and the table that it becomes. */
export class RunnerFigures {
  readonly #values = new Map<string, number[]>();

  constructor() {
    fs.rmSync(log, { force: true });
  }

  add(measured: Measured, figure: string, value: number): void {
    const key = `${measured} ${figure}`;
    fs.appendFileSync(log, `${key} ${value.toFixed(1)}\n`);
    const values = this.#values.get(key);
    if (values) values.push(value);
    else this.#values.set(key, [value]);
  }

  measurements(): readonly Measurement[] {
    return rows.flatMap(({ figure, name, unit, aim, beside, stated }) => {
      const values = this.#of('latchkey', figure);
      if (values.length === 0) return [];
      const floor = this.#of('floor', figure);
      const raw = this.#of('raw', figure);
      const others = [words('floor', floor), words('raw', raw), stated && `stated: ${stated}`].filter(Boolean);
      const baseline = beside && this.#of(beside, figure);
      return {
        ...{ name, unit, values },
        ...(aim === undefined ? {} : { aim }),
        ...(baseline && baseline.length > 0 ? { baseline } : {}),
        ...(others.length > 0 ? { others: others.join(' · ') } : {}),
      };
    });
  }

  #of(measured: Measured, figure: string): readonly number[] {
    return this.#values.get(`${measured} ${figure}`) ?? [];
  }
}

function words(name: string, values: readonly number[]): string {
  if (values.length === 0) return '';
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  return `${name} ${Math.round(middle * 10) / 10}`;
}

function large(bytes: number, painted: Pick<Row, 'aim' | 'stated'>, more: readonly Row[] = []): readonly Row[] {
  const size = bytes >= MB ? `${bytes / MB} MB` : '1 KB';
  return [
    { figure: `${bytes} painted`, name: `${size}: send → painted`, unit: 'ms', beside: 'floor', ...painted },
    { figure: `${bytes} received`, name: `${size}: send → received (by raw)`, unit: 'ms', beside: 'raw' },
    ...more,
  ];
}

/** What a body of this size does to the window that it is received in. */
function burden(bytes: number, stated: { readonly rss?: string; readonly stall?: string }): readonly Row[] {
  const size = `${bytes / MB} MB`;
  const rss = { aim: 100, beside: 'floor', ...(stated.rss ? { stated: stated.rss } : {}) } as const;
  const stall = { aim: 50, beside: 'floor', ...(stated.stall ? { stated: stated.stall } : {}) } as const;
  return [
    { figure: `${bytes} settled`, name: `${size}: send → all looked through`, unit: 'ms' },
    { figure: `${bytes} rss`, name: `${size}: host memory added, at most`, unit: 'MB', ...rss },
    { figure: `${bytes} stall`, name: `${size}: longest host stall`, unit: 'ms', ...stall },
    { figure: `${bytes} p99`, name: `${size}: event loop delay, p99`, unit: 'ms', beside: 'floor' },
    { figure: `${bytes} workbench gap`, name: `${size}: widest gap, workbench`, unit: 'ms', aim: 100, beside: 'floor' },
    { figure: `${bytes} webview gap`, name: `${size}: widest gap, webview`, unit: 'ms', aim: 100, beside: 'floor' },
  ];
}

const rows: readonly Row[] = [
  { figure: 'activation', name: 'activation', unit: 'ms', aim: 20, beside: 'floor', stated: '208, 279, 632' },
  { figure: 'activation rss', name: 'activation: host memory', unit: 'MB', aim: 8, stated: '16, 36, 169' },
  { figure: 'file rss', name: 'first request file: host memory', unit: 'MB' },
  {
    figure: 'small sends',
    name: '200 small sends, each',
    unit: 'ms',
    aim: 2.5,
    beside: 'floor',
    stated: '7.1, 77, 227',
  },
  ...large(1000, { aim: 50, stated: '81, 143, 287' }),
  ...large(MB, { aim: 80, stated: '395, 639, 4,965' }),
  ...large(10 * MB, { aim: 120, stated: '1,733, 2,492, 58,583' }),
  ...large(50 * MB, { aim: 150, stated: '16,550, never' }, burden(50 * MB, {})),
  ...large(
    200 * MB,
    { aim: 150, stated: 'never' },
    burden(200 * MB, { rss: '2,109, 4,414', stall: '9,400 to 12,500' }),
  ),
  ...large(1000 * MB, { aim: 150 }, burden(1000 * MB, {})),
  { figure: 'scroll', name: '1 GB: scroll anywhere', unit: 'ms', aim: 100 },
  { figure: 'search half', name: '1 GB: first hit, half way', unit: 'ms' },
  { figure: 'search whole', name: '1 GB: first hit, at the end', unit: 'ms' },
  { figure: 'heap', name: 'webview heap, after 1 KB', unit: 'MB' },
  { figure: 'heap after', name: 'webview heap, after 200 MB', unit: 'MB' },
  { figure: 'heap gigabyte', name: 'webview heap, after 1 GB', unit: 'MB' },
];
