//! How many lines may be open at once, and fewer when the other side says "too many".
//!
//! Width halves at each such reply (to one at the least) and grows back by one after twenty
//! letters went well.

use std::sync::{Mutex, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::Fault;

/// Letters in a row without a complaint before one more line is tried.
const CALM_LETTERS: u32 = 20;

pub(super) struct Gate {
    permits: Semaphore,
    width_max: usize,
    state: Mutex<State>,
}

struct State {
    /// How many may be inside.
    width: usize,
    /// Permits that still exist above `width`; each is taken out when its holder leaves.
    surplus: usize,
    calm: u32,
}

impl Gate {
    pub(super) fn new(width: usize) -> Self {
        let state = Mutex::new(State { width, surplus: 0, calm: 0 });
        Self { permits: Semaphore::new(width), width_max: width, state }
    }

    /// Waits for a place. `None` would mean a closed semaphore, and nobody closes it.
    pub(super) async fn enter(&self) -> Option<SemaphorePermit<'_>> {
        self.permits.acquire().await.ok()
    }

    /// Gives the place back, and learns from how it went.
    pub(super) fn leave(&self, pass: Option<SemaphorePermit<'_>>, fault: Fault) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Fault::Concurrency => {
                let width = (state.width / 2).max(1);
                state.surplus += state.width - width;
                state.width = width;
                state.calm = 0;
            }
            Fault::None => state.calm += 1,
            _ => {}
        }
        if state.calm >= CALM_LETTERS && state.width < self.width_max {
            state.calm = 0;
            state.width += 1;
            match state.surplus.checked_sub(1) {
                Some(surplus) => state.surplus = surplus,
                None => self.permits.add_permits(1),
            }
        }
        if state.surplus > 0
            && let Some(pass) = pass
        {
            state.surplus -= 1;
            pass.forget();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CALM_LETTERS, Gate};
    use crate::Fault;

    #[tokio::test]
    async fn complaints_halve_the_width_and_calm_widens_it_again() {
        let gate = Gate::new(4);
        let leave = async |fault| gate.leave(gate.enter().await, fault);
        leave(Fault::Concurrency).await;
        leave(Fault::None).await;
        assert_eq!(gate.permits.available_permits(), 2);
        leave(Fault::Concurrency).await;
        leave(Fault::Concurrency).await;
        assert_eq!(gate.permits.available_permits(), 1);
        for _ in 0..CALM_LETTERS {
            leave(Fault::None).await;
        }
        assert_eq!(gate.permits.available_permits(), 2);
        for _ in 0..CALM_LETTERS * 10 {
            leave(Fault::None).await;
        }
        assert_eq!(gate.permits.available_permits(), 4);
    }
}
