/**
 * The one version of everything that speaks SpacetimeDB. 1.2.0 is the last host that the Rust package registry can
 * build whole, so anybody can repeat the evidence without trusting a downloaded binary.
 */
export const PINNED_HOST = '1.2.0';

/** The npm client that speaks the pinned host's protocol, `v1.bsatn.spacetimedb`. */
export const PINNED_SDK = '1.3.3';
