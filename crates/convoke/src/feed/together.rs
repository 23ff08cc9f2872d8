//! What many ask at the same moment is asked of the database once.
//!
//! Calendar programs come on the full hour, all with the same question: has it changed? Who comes
//! while a read is under way waits for the next one, together with everybody else who does. So
//! each answer was read after its question was asked, and holds all that was committed before.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::{self, Debug, Formatter};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};

/// A read that several wait for.
type Read<V> = Shared<BoxFuture<'static, V>>;

/// Reads by what they ask.
pub(crate) struct Together<K, V>(Arc<Turns<K, V>>);

struct Turns<K, V>(Mutex<HashMap<K, Turn<V>>>);

/// One question: who may read now, and the read that has not begun.
struct Turn<V> {
    lane: Arc<tokio::sync::Mutex<()>>,
    next: Option<WeakShared<BoxFuture<'static, V>>>,
    /// Reads begun or waiting; the question is forgotten with the last.
    reads: usize,
}

impl<K, V> Default for Together<K, V> {
    fn default() -> Self {
        Self(Arc::new(Turns(Mutex::default())))
    }
}

impl<K, V> Debug for Together<K, V> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.debug_struct("Together").finish_non_exhaustive()
    }
}

impl<K, V> Together<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// The answer of a read that begins from now on: `read`, or the one that somebody with the
    /// same question has waiting.
    pub(crate) async fn ask(
        &self,
        question: K,
        read: impl Future<Output = V> + Send + 'static,
    ) -> V {
        self.join(question, read).await
    }

    fn join(&self, question: K, read: impl Future<Output = V> + Send + 'static) -> Read<V> {
        let mut turns = self.0.lock();
        let turn = turns.entry(question.clone()).or_insert_with(Turn::new);
        if let Some(waiting) = turn.next.as_ref().and_then(WeakShared::upgrade) {
            return waiting;
        }
        turn.reads += 1;
        let lane = Arc::clone(&turn.lane);
        let leaving = Leaving { turns: Arc::clone(&self.0), question };
        let waiting = async move {
            let _lane = lane.lock_owned().await;
            leaving.begin();
            read.await
        };
        let waiting = waiting.boxed().shared();
        turn.next = waiting.downgrade();
        waiting
    }
}

impl<V> Turn<V> {
    fn new() -> Self {
        Self { lane: Arc::default(), next: None, reads: 0 }
    }
}

impl<K, V> Turns<K, V> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Turn<V>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a read out of the books when it is over, or when nobody waits for it any more.
struct Leaving<K: Clone + Eq + Hash, V> {
    turns: Arc<Turns<K, V>>,
    question: K,
}

impl<K: Clone + Eq + Hash, V> Leaving<K, V> {
    /// Whoever comes from now on is too late for this read.
    fn begin(&self) {
        if let Some(turn) = self.turns.lock().get_mut(&self.question) {
            turn.next = None;
        }
    }
}

impl<K: Clone + Eq + Hash, V> Drop for Leaving<K, V> {
    fn drop(&mut self) {
        let mut turns = self.turns.lock();
        if let Entry::Occupied(mut turn) = turns.entry(self.question.clone()) {
            turn.get_mut().reads -= 1;
            if turn.get().reads == 0 {
                turn.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;
    use tokio::sync::Semaphore;

    use super::*;

    /// A store whose reads are counted, and end when they are let.
    #[derive(Default)]
    struct Store {
        reads: AtomicUsize,
        value: AtomicUsize,
    }

    async fn read(store: Arc<Store>, door: Arc<Semaphore>) -> usize {
        store.reads.fetch_add(1, Ordering::SeqCst);
        let value = store.value.load(Ordering::SeqCst);
        door.acquire().await.expect("open").forget();
        value
    }

    #[tokio::test]
    async fn who_comes_during_a_read_shares_the_next_which_sees_what_was_written_before() {
        let (store, door) = (Arc::new(Store::default()), Arc::new(Semaphore::new(0)));
        let together = Together::<&str, usize>::default();
        let ask = || together.ask("hub", read(Arc::clone(&store), Arc::clone(&door)));
        let mut first = Box::pin(ask());
        assert!(first.as_mut().now_or_never().is_none(), "it reads");
        store.value.store(7, Ordering::SeqCst);
        let mut crowd = Box::pin(join_all((0..50).map(|_| ask())));
        assert!(crowd.as_mut().now_or_never().is_none(), "they wait");
        door.add_permits(2);
        let (first, crowd) = tokio::join!(first, crowd);
        assert_eq!((first, crowd), (0, vec![7; 50]));
        assert_eq!(store.reads.load(Ordering::SeqCst), 2);
        assert!(together.0.lock().is_empty(), "nothing is kept");
    }

    #[tokio::test]
    async fn who_goes_away_keeps_nobody_waiting_and_leaves_nothing_behind() {
        let (store, door) = (Arc::new(Store::default()), Arc::new(Semaphore::new(0)));
        let together = Together::<&str, usize>::default();
        let ask = || together.ask("hub", read(Arc::clone(&store), Arc::clone(&door)));
        let (mut first, mut second) = (Box::pin(ask()), Box::pin(ask()));
        assert!(first.as_mut().now_or_never().is_none(), "it reads");
        assert!(second.as_mut().now_or_never().is_none(), "it waits");
        drop((first, second));
        assert!(together.0.lock().is_empty(), "nothing is kept");
        door.add_permits(1);
        assert_eq!(ask().await, 0);
    }

    #[tokio::test]
    async fn other_questions_wait_for_nobody() {
        let (store, door) = (Arc::new(Store::default()), Arc::new(Semaphore::new(0)));
        let together = Together::<&str, usize>::default();
        let mut first = Box::pin(together.ask("hub", read(Arc::clone(&store), door)));
        assert!(first.as_mut().now_or_never().is_none(), "it reads");
        let open = Arc::new(Semaphore::new(1));
        assert_eq!(together.ask("other", read(store, open)).await, 0);
    }
}
