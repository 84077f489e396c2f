//! The trade of one tick.

use crate::core::account::Account;
use crate::core::stall;
use spacetimedb::ReducerContext;
use std::collections::BTreeMap;

/// What the keepers of stalls hold during one tick: read once, and written once, however many traders each deals with.
pub(super) struct Market<'a> {
    ctx: &'a ReducerContext,
    accounts: BTreeMap<u32, Account>,
}

impl<'a> Market<'a> {
    pub(super) const fn new(ctx: &'a ReducerContext) -> Self {
        Self { ctx, accounts: BTreeMap::new() }
    }

    /// A trader acts once in a tick, so its account is written at once.
    pub(super) fn bargain(&mut self, keeper: u32, trader: u32) {
        let ctx = self.ctx;
        let mut own = self.accounts.remove(&trader).unwrap_or_else(|| Account::read(ctx, trader));
        let stall = self.accounts.entry(keeper).or_insert_with(|| Account::read(ctx, keeper));
        stall::bargain(stall, &mut own);
        own.write(ctx);
    }

    /// Writes what an agent holds, so that a later read of the table within the same tick sees it.
    pub(super) fn close(&mut self, holder: u32) {
        if let Some(mut account) = self.accounts.remove(&holder) {
            account.write(self.ctx);
        }
    }

    pub(super) fn close_all(self) {
        for mut account in self.accounts.into_values() {
            account.write(self.ctx);
        }
    }
}
