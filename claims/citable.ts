import { anchorOf } from './check.ts';
import { citable, type Citable } from './condition.ts';
import type { Run } from './evidence.ts';

/** The figures of a run that have an anchor on its page: checks, figures of conditions, and quantiles of the subject's samples. */
export function citableIn({ checks, conditions = [], distributions }: Run): Citable[] {
  const own = checks.map((check) => ({ anchor: anchorOf(check), value: check.value, unit: check.unit }));
  const quantiles = distributions
    .filter(({ arm }) => arm === 'subject')
    .flatMap(({ name, unit, quantiles }) =>
      [50, 90, 99].flatMap((percent) => {
        const value = quantiles[percent];
        return value === undefined ? [] : [{ anchor: `${name}.p${percent}`, value, unit }];
      }),
    );
  return [...own, ...citable(conditions), ...quantiles];
}
