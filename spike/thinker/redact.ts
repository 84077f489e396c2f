/** Shorter ones are placeholders such as "none", and would blot out words. */
const SHORTEST_SECRET = 8;
/** What looks like a key or a token, wherever it comes from: providers repeat what they refuse, some of them in part. */
const SECRETS = [
  /\bsk-[\w*.-]{6,}/g,
  /\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g,
  /(?<=\bbearer\s+)[\w*.~+/=-]{6,}/gi,
  /(?<=[?&](?:api[-_]?key|access[-_]?token|token|key)=)[^&\s"']+/gi,
];

/** A text without these secrets, and without what looks like one. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return SECRETS.reduce((rest, pattern) => rest.replaceAll(pattern, '…'), without);
}
