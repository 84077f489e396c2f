const DEFAULTS = { url: 'http://127.0.0.1:3000', database: 'spellkave' };

/**
 * What the world's owner types, in the checkout that started the world, to let this thinker begin.
 * @param identity hexadecimal digits
 */
export function grantCommand(identity: string, { url, database }: typeof DEFAULTS): string {
  const where = [
    ...(url === DEFAULTS.url ? [] : [`--url ${url}`]),
    ...(database === DEFAULTS.database ? [] : [`--database ${database}`]),
  ];
  return ['npm run grant -- --role thinker', identity, ...where].join(' ');
}
