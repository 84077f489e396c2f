/** The version that a host reports of itself. @throws Error when it does not answer */
export async function hostVersion(host: string): Promise<string> {
  const response = await fetch(`${host}/v1/health`);
  const { version } = (await response.json()) as { version: string };
  return version;
}
