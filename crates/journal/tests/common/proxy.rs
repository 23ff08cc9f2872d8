//! A door between a journal and PostgreSQL that a test can close, as a network or a server does.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

const OPEN: u8 = 0;
const CLOSED: u8 = 1;
const CUT_AFTER_COMMIT: u8 = 2;

/// Passes bytes on while it is open.
#[derive(Clone)]
pub struct Proxy {
    mode: Arc<AtomicU8>,
    /// Moves when all connections are to be cut.
    cut: watch::Sender<u64>,
    /// How many answers to a commit were swallowed.
    pub swallowed: Arc<AtomicU8>,
}

impl Proxy {
    /// Stands before the server of this address; returns the address to use instead.
    pub async fn before(url: &str) -> (Self, String) {
        let (head, rest) = url.rsplit_once('@').unwrap();
        let (server, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy =
            Self { mode: Arc::default(), cut: watch::Sender::new(0), swallowed: Arc::default() };
        let (this, server) = (proxy.clone(), server.to_owned());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if this.mode.load(Ordering::SeqCst) == CLOSED {
                    continue;
                }
                let (this, server) = (this.clone(), server.clone());
                tokio::spawn(async move { this.pass(client, &server).await });
            }
        });
        (proxy, format!("{head}@127.0.0.1:{port}/{database}"))
    }

    pub fn open(&self) {
        self.mode.store(OPEN, Ordering::SeqCst);
    }

    /// No new connections, and the old ones are cut.
    pub fn close(&self) {
        self.mode.store(CLOSED, Ordering::SeqCst);
        self.cut.send_modify(|cut| *cut += 1);
    }

    /// The next commit reaches the server; its answer does not reach the client.
    pub fn cut_after_commit(&self) {
        self.mode.store(CUT_AFTER_COMMIT, Ordering::SeqCst);
    }

    async fn pass(&self, mut client: TcpStream, server: &str) {
        let Ok(mut server) = TcpStream::connect(server).await else { return };
        let mut cut = self.cut.subscribe();
        cut.borrow_and_update();
        let (mut up, mut down) = (vec![0; 65_536], vec![0; 65_536]);
        loop {
            tokio::select! {
                _ = cut.changed() => return,
                read = client.read(&mut up) => {
                    let Ok(length @ 1..) = read else { return };
                    let bytes = up.get(..length).unwrap_or_default();
                    if server.write_all(bytes).await.is_err() {
                        return;
                    }
                    let commits = bytes.windows(6).any(|word| word == b"COMMIT");
                    let cuts = || self.mode.compare_exchange(
                        CUT_AFTER_COMMIT, OPEN, Ordering::SeqCst, Ordering::SeqCst,
                    );
                    if commits && cuts().is_ok() {
                        // It has answered, so it has committed.
                        let _answer = server.read(&mut down).await;
                        self.swallowed.fetch_add(1, Ordering::SeqCst);
                        return;
                    }
                }
                read = server.read(&mut down) => {
                    let Ok(length @ 1..) = read else { return };
                    if client.write_all(down.get(..length).unwrap_or_default()).await.is_err() {
                        return;
                    }
                }
            }
        }
    }
}
