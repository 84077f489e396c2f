/** The arguments with which Node runs a TypeScript file of this project, followed by the file's own arguments. */
export function scriptArgs(file: string, ...args: string[]): string[] {
  return ['--import', 'tsx', file, ...args];
}
