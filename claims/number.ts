const integer = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const precise = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** Counts stay exact. A measured figure keeps three or four digits, which is already more than its spread justifies. */
export function number(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return integer.format(value);
  if (Math.abs(value) >= 100) return tenth.format(value);
  // Rounded as `toFixed` rounds, so that nothing written with fixed decimals differs in the last digit.
  return precise.format(Number(value.toPrecision(3)));
}
