/** Names one world among all hosts. Tokens are kept under it, because a token is worthless and private elsewhere. */
export function worldKey({ url, database }: { url: string; database: string }): string {
  return `${url}/${database}`;
}
