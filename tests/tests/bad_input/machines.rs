//! Machines: a second process, a mail server or a database that is away, a disk that is full.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use stories::line::Line;
use stories::people::at_most;
use stories::program::{Launch, Server, must};
use stories::{Database, Person, World};

use crate::scene;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_on_an_sqlite_file_is_told_who_has_it() {
    let mut scene = scene(World::sqlite().await).await;
    let position = scene.world.position(&scene.hub).await;
    let said = Server::try_start(&scene.world.database, &Launch::default()).err().unwrap();
    assert!(said.contains("convoke.db") && said.contains("in use"), "{said}");
    scene.is_as_before(position).await;
    scene.works("Somebody").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_wait_for_a_mail_server_that_is_away() {
    let world = World::sqlite().await;
    let mut line = Line::to(&world.peer.url()).await;
    let mut scene = scene(world).await;
    // Away at the start.
    scene.world.server.stop();
    let relay = format!("smtp://127.0.0.1:{}", line.port());
    scene.world.server = Server::start(&scene.world.database, &Launch::mail(&relay));
    scene.moves();
    scene.works("Early Bird").await;
    assert!(scene.world.peer.received().await.is_empty());
    line.mend().await;
    scene.world.letter_to("early.bird@people.example", 1).await;
    // And away in mid-run.
    line.cut();
    scene.works("Late Comer").await;
    line.mend().await;
    scene.world.letter_to("late.comer@people.example", 1).await;
    assert!(scene.world.server.is_alive());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_hangs_up_is_dialled_again() {
    let mut scene = scene(World::postgres().await).await;
    let load = (0..200).map(|number| {
        let somebody = scene.world.visitor_from(number);
        let name = format!("Guest {number}");
        let email = stories::people::address(&name);
        let input = json!({ "eventId": scene.event, "name": name, "email": email, "partySize": 1 });
        async move { somebody.gives("registerForEvent", input).tried().await.unwrap() }
    });
    let cutting = async {
        for _ in 0..5 {
            tokio::time::sleep(Duration::from_millis(120)).await;
            scene.world.database.cut_connections().await;
        }
    };
    let (answers, ()) = tokio::join!(at_most(8, load), cutting);
    let mut accepted = 0;
    for reply in answers {
        let receipt = reply.json().pointer("/data/registerForEvent/receipt/position").cloned();
        if receipt.is_some_and(|position| position.is_string()) {
            accepted += 1;
        } else {
            assert_eq!(reply.code(), "UNAVAILABLE", "{}", reply.text());
        }
    }
    assert!(scene.world.server.is_alive());
    scene.works("Somebody Later").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Event { confirmedCount } } }";
    let seen = scene.curator.asks(query, json!({ "id": scene.event })).await;
    let confirmed =
        seen.pointer("/node/confirmedCount").and_then(serde_json::Value::as_i64).unwrap();
    // Who was told “unavailable” may be in all the same; who was told “yes” must be.
    assert!(
        (accepted + 1..=201).contains(&confirmed),
        "{accepted} were told yes, {confirmed} are in"
    );
    scene.world.verifies();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_waits_for_a_database_that_is_not_there_yet() {
    let database = Database::postgres().await;
    let url = database.url();
    let at = url.rsplit('@').next().unwrap();
    let (host, rest) = at.split_once('/').unwrap();
    let mut line = Line::to(&format!("tcp://{host}")).await;
    let through =
        url.replace(&format!("{host}/{rest}"), &format!("127.0.0.1:{}/{rest}", line.port()));
    let launch = Launch { words: vec!["--database".to_owned(), through], ..Launch::default() };
    let server = Server::start(&database, &launch);
    assert!(server.greeting().contains("waiting"), "{}", server.greeting());
    let visitor = Person::visitor(server.base());
    assert_eq!(visitor.gets("/healthz").await.status, 200);
    assert_eq!(visitor.gets("/readyz").await.status, 503);
    assert_eq!(visitor.gets("/").await.status, 503);
    line.mend().await;
    let begun = Instant::now();
    while visitor.gets("/readyz").await.status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", server.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(visitor.gets("/").await.status, 200);
}

/// A small disk of our own: a file system in memory where we may mount one, else a limit on the
/// size of files, which ends writes just as abruptly.
enum Disk {
    Mounted(PathBuf),
    Limited,
}

impl Disk {
    fn small(folder: &Path) -> Self {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(folder);
        match mount.output() {
            Ok(done) if done.status.success() => Self::Mounted(folder.to_owned()),
            _ => Self::Limited,
        }
    }

    fn launch(&self) -> Launch {
        let Self::Limited = self else { return Launch::default() };
        // In blocks of 512 bytes; without the trap the process would be killed by a signal.
        let words = ["sh", "-c", "trap '' XFSZ; ulimit -S -f 4096; exec \"$@\"", "sh"];
        Launch { through: words.map(str::to_owned).into(), ..Launch::default() }
    }

    fn grow(&self, process: u32) {
        let done = match self {
            Self::Mounted(folder) => {
                Command::new("mount").args(["-o", "remount,size=64m"]).arg(folder).status()
            }
            Self::Limited => Command::new("prlimit")
                .args(["--fsize=unlimited", "--pid", &process.to_string()])
                .status(),
        };
        assert!(done.unwrap().success(), "the disk does not grow");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Self::Mounted(folder) = self {
            // Lazily: a process that has not ended yet must not keep it.
            drop(Command::new("umount").arg("--lazy").arg(folder).status());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_clearly_and_work_goes_on_when_there_is_room() {
    let database = Database::sqlite();
    let disk = Disk::small(database.folder());
    let mut server = Server::start(&database, &disk.launch());
    let token = must(&database, &["token", "--role", "network-admin"]);
    let admin = Person::visitor(server.base()).with_token(stories::world::token_in(&token));
    let open =
        json!({ "name": "Full", "slug": "full", "timeZone": "Europe/London", "locales": ["en"] });
    let hub = admin.gives("openHub", open).id_of("hub").await;
    let statement = "x".repeat(3_900);
    let propose = |number: usize| {
        let title = format!("Issue number {number}");
        let input = json!({ "hubId": hub, "title": title, "statement": statement, "sdgs": [1], "evidence": [], "force": true });
        admin.gives("proposeIssue", input)
    };
    let position = async || {
        let query = "query($id: ID!) { hub(id: $id) { position } }";
        stories::client::text(&admin.asks(query, json!({ "id": hub })).await, "/hub/position")
    };
    let mut told = String::new();
    for number in 0..2_000 {
        let reply = propose(number).tried().await.unwrap();
        told = reply.code();
        if !told.is_empty() {
            break;
        }
    }
    assert_eq!(told, "UNAVAILABLE", "{}", server.log());
    let full = position().await;
    for number in 5_000..5_005 {
        assert_eq!(propose(number).fails().await, "UNAVAILABLE");
    }
    assert_eq!(position().await, full, "half a command was written");
    assert!(server.is_alive());
    let log = server.log().to_lowercase();
    assert!(log.contains("full") || log.contains("disk"), "{log}");

    disk.grow(server.id());
    propose(6_000).accepted().await;
    assert_ne!(position().await, full);
    server.stop();
    must(&database, &["verify"]);
}
