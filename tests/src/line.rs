//! A line that can be cut: a port that stays the same while what is behind it comes and goes.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// A port before some server; cut when it is made.
pub struct Line {
    here: SocketAddr,
    there: SocketAddr,
    open: Option<JoinHandle<()>>,
}

impl Line {
    /// To a server of this machine: `smtp://127.0.0.1:2525` or the like. Nobody listens yet.
    pub async fn to(url: &str) -> Self {
        let there = url.rsplit('/').next().unwrap_or_default().parse().expect("an address");
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let here = listener.local_addr().expect("an address");
        Self { here, there, open: None }
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.here.port()
    }

    /// Lets connections through.
    pub async fn mend(&mut self) {
        let (listener, there) = (self.listen().await, self.there);
        let task = tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                tokio::spawn(async move {
                    if let Ok(mut far) = TcpStream::connect(there).await {
                        drop(copy_bidirectional(&mut near, &mut far).await);
                    }
                });
            }
        });
        self.open = Some(task);
    }

    /// Nobody answers any more. What is under way goes on.
    pub fn cut(&mut self) {
        if let Some(task) = self.open.take() {
            task.abort();
        }
    }

    async fn listen(&self) -> TcpListener {
        for _ in 0..100 {
            let socket = TcpSocket::new_v4().expect("a socket");
            socket.set_reuseaddr(true).expect("an option");
            if socket.bind(self.here).is_ok() {
                return socket.listen(64).expect("a listener");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("port {} was taken by another", self.here.port());
    }
}
