/** The web address of the repository that `package.json` names, without `.git`; nothing while it names none. */
export function repositoryOf(manifest: { repository?: string | { url?: string } }): string | undefined {
  const { repository } = manifest;
  const address = typeof repository === 'string' ? repository : repository?.url;
  return /^(?:git\+)?(https:\/\/.+?)(?:\.git)?$/.exec(address ?? '')?.[1];
}
