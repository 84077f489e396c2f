import type { Check } from '../../claims/check.ts';

export type Arm = Check['arm'];

/** In the order in which a reader wants them. */
export const ARMS: readonly Arm[] = ['subject', 'baseline', 'control'];

export const armName: Record<Arm, string> = {
  subject: 'Subject: the mechanism as it is',
  baseline: 'Baseline: the same without the load',
  control: 'Control: the mechanism broken on purpose',
};
