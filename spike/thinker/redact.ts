/** Shorter ones are placeholders such as "none". Hiding them would hide ordinary words. */
const SHORTEST_SECRET = 8;
/** Texts that look like a key or a token: providers repeat the ones that they reject, sometimes only a part. */
const SECRETS = [
  /\bsk-[\w*.-]{6,}/g,
  /\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g,
  /(?<=\bbearer\s+)[\w*.~+/=-]{6,}/gi,
  /(?<=[?&](?:api[-_]?key|access[-_]?token|token|key)=)[^&\s"']+/gi,
];

/** Hides these secrets in a text, and everything that looks like one. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return SECRETS.reduce((rest, pattern) => rest.replaceAll(pattern, '…'), without);
}
