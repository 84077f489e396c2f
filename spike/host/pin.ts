/**
 * The version of the host and of everything that depends on it. 1.2.0 is the last host that can be built completely from
 * the Rust package registry, so anyone can repeat the evidence without trusting a downloaded binary.
 */
export const PINNED_HOST = '1.2.0';

/** The npm client for the pinned host's protocol, `v1.bsatn.spacetimedb`. */
export const PINNED_SDK = '1.3.3';
