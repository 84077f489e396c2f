import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../harness/lab.ts';
import { residentMiB } from './host-process.ts';
import type { Speech } from './speech.ts';
import type { TimeSeries } from './time-series.ts';

/** The event table and the host's memory at one moment. */
export interface Sample {
  /** Rows, divided by the events of one window at the current rate. */
  windows: number;
  mebibytes: number;
}

/** How much of its event table a world keeps while players speak. Once in a window the page gets a moment of it. */
export class EventWindows {
  readonly #lab: Lab;
  readonly #windowMs: number;
  readonly #speech: Speech;
  readonly #series: TimeSeries;

  /** @param windowMs how long the world keeps events */
  constructor(lab: Lab, windowMs: number, speech: Speech, series: TimeSeries) {
    this.#lab = lab;
    this.#windowMs = windowMs;
    this.#speech = speech;
    this.#series = series;
  }

  /** Lets so many windows pass without an archivist. @returns the rows at the end, in windows */
  async growAlone(count: number): Promise<number> {
    const began = performance.now();
    let windows = 0;
    for (let left = count; left > 0; left--) {
      await sleep(this.#windowMs * Math.min(1, left));
      const found = await this.#sample(began, 0);
      this.#show('no archivist', found);
      windows = found.windows;
    }
    return windows;
  }

  /** Samples again and again while an archivist runs, from the second window on. */
  async sample(forMs: number, restMs: number): Promise<Sample[]> {
    const samples: Sample[] = [];
    const [began, before] = [performance.now(), this.#speech.said];
    await sleep(this.#windowMs);
    for (let shown = 0; performance.now() - began < forMs;) {
      const found = await this.#sample(began, before);
      samples.push(found);
      if (performance.now() - shown >= this.#windowMs) {
        this.#show('an archivist', found);
        shown = performance.now();
      }
      await sleep(restMs);
    }
    return samples;
  }

  async rows(): Promise<number> {
    return (await this.#lab.sql('SELECT id FROM event')).length;
  }

  /** @param before sentences said when the rate began to count */
  async #sample(began: number, before: number): Promise<Sample> {
    const perMs = (this.#speech.said - before) / (performance.now() - began);
    return { windows: (await this.rows()) / (perMs * this.#windowMs), mebibytes: residentMiB(this.#lab.host) };
  }

  #show(phase: string, { windows, mebibytes }: Sample): void {
    this.#series.add(phase, [
      { name: 'rows', label: 'Rows of events', value: windows, unit: 'windows' },
      { name: 'memory', label: 'Memory of the host', value: mebibytes, unit: 'MiB' },
    ]);
  }
}
