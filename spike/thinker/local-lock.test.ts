import { expect, test } from 'playwright/test';
import { localLock } from './local-lock.ts';

interface Lock {
  packages: Record<string, { dependencies?: Record<string, string>; optional?: boolean; integrity?: string }>;
}

for (const [machine, build] of [
  ['linux-x64', '@node-llama-cpp/linux-x64'],
  ['linux-arm64', '@node-llama-cpp/linux-arm64'],
  ['darwin-arm64', '@node-llama-cpp/mac-arm64-metal'],
  ['darwin-x64', '@node-llama-cpp/mac-x64'],
] as const) {
  test(`on ${machine} npm installs ${build} and no other build`, () => {
    const { manifest, lock, version } = localLock(machine);
    const { packages } = JSON.parse(lock) as Lock;
    const dependencies = { 'node-llama-cpp': version, [build]: version };
    expect((JSON.parse(manifest) as { dependencies: object }).dependencies).toEqual(dependencies);
    expect(packages['']?.dependencies).toEqual(dependencies);
    const builds = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/@node-llama-cpp/'));
    expect(builds.filter(([, { optional }]) => !optional).map(([path]) => path)).toEqual([`node_modules/${build}`]);
  });
}

test('a machine without a build is named, with what to use instead', () => {
  expect(() => localLock('aix-ppc64')).toThrow(/no runtime for aix-ppc64: .* Use --mind openai/);
});

test('the committed lock file has a checksum for every package', () => {
  const { packages } = JSON.parse(localLock('linux-x64').lock) as Lock;
  const unchecked = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && !integrity);
  expect(unchecked.map(([path]) => path)).toEqual([]);
});
