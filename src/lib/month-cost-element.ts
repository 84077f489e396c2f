import { monthCost, writeResult, type Assumptions, type MonthCost } from './month-cost.ts';

/** Until the reader has stopped typing, nothing is said. */
const QUIET_MS = 600;

/** Turns each assumption of the table into a field; the results follow what is typed. */
export class MonthCostElement extends HTMLElement {
  #said: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    for (const cell of this.querySelectorAll<HTMLElement>('[data-assumption]')) {
      const { assumption: name = '', value = '' } = cell.dataset;
      const input = document.createElement('input');
      Object.assign(input, { type: 'number', name, value, min: '0', step: 'any', required: true });
      input.setAttribute('aria-labelledby', `${name}-label`);
      input.setAttribute('aria-describedby', `${name}-source`);
      cell.replaceChildren(input);
    }
    this.addEventListener('input', () => this.#calculate());
  }

  #calculate(): void {
    const given = [...this.querySelectorAll('input')].map((input) => {
      input.setAttribute('aria-invalid', String(!input.validity.valid));
      return [input.name, input.validity.valid ? input.valueAsNumber : NaN];
    });
    const cost = monthCost(Object.fromEntries(given) as Assumptions);
    for (const cell of this.querySelectorAll<HTMLElement>('[data-result]')) {
      const name = cell.dataset['result'] as keyof MonthCost;
      cell.textContent = Number.isFinite(cost[name]) ? writeResult(name, cost[name]) : '–';
    }
    clearTimeout(this.#said);
    this.#said = setTimeout(() => this.#say(cost.total), QUIET_MS);
  }

  #say(total: number): void {
    const status = this.querySelector('[role="status"]');
    if (!status) return;
    status.textContent = Number.isFinite(total)
      ? `A month costs ${writeResult('total', total)} in all.`
      : 'Some assumptions are missing.';
  }
}
