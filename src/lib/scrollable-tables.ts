/**
 * Lets the keyboard reach tables that are wider than their place, as Starlight lets it reach long lines of code. On a
 * wide screen none is, and none is a stop on the way.
 */
export function letTablesScroll(main: HTMLElement): void {
  const update = () => {
    for (const table of main.querySelectorAll('table')) {
      if (scrolls(table)) table.tabIndex = 0;
      else table.removeAttribute('tabindex');
    }
  };
  new ResizeObserver(update).observe(main);
}

function scrolls(table: HTMLTableElement): boolean {
  return table.scrollWidth > table.clientWidth && /auto|scroll/.test(getComputedStyle(table).overflowX);
}
