//! A person subscribes to what she goes to, with a program that synchronises for a living.
//!
//! vdirsyncer fetches the secret feed from the running binary into a folder, one file for each
//! entry, and khal reads that folder. An edit of one event is one change there, no edit is none,
//! and when the address is taken back the folder is empty. Five parsers read every kind of feed,
//! and two processes on one PostgreSQL serve the same bytes.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a story stops at the first surprise"
)]

use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use stories::client::text;
use stories::people::Plan;
use stories::program::Launch;
use stories::world::Hub;
use stories::{Person, Server, World, both, calendars, tools};

/// A file's name and what is in it.
type File = (String, Vec<u8>);

const PACKAGES: &[&str] = &["vdirsyncer==0.20.0", "khal==0.14.1"];

/// A folder that vdirsyncer keeps like a feed.
struct Synced {
    folder: tempfile::TempDir,
    python: PathBuf,
}

impl Synced {
    /// Subscribes a new folder to an address.
    fn new(address: &str) -> Self {
        let python = tools::python("story-vdirsyncer", PACKAGES);
        let folder = tempfile::tempdir_in(tools::folder()).unwrap();
        let at = folder.path().display();
        let config = format!(
            "[general]\nstatus_path = \"{at}/status/\"\n\n\
             [pair feed]\na = \"there\"\nb = \"here\"\ncollections = null\nconflict_resolution = \"a wins\"\n\n\
             [storage there]\ntype = \"http\"\nurl = \"{address}\"\n\n\
             [storage here]\ntype = \"filesystem\"\npath = \"{at}/events/\"\nfileext = \".ics\"\n"
        );
        std::fs::write(folder.path().join("config"), config).unwrap();
        let khal = format!(
            "[calendars]\n[[feed]]\npath = {at}/events/\nreadonly = True\n\n\
             [locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n\
             datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n\
             local_timezone = Europe/Istanbul\ndefault_timezone = Europe/Istanbul\n\n\
             [sqlite]\npath = {at}/khal.db\n"
        );
        std::fs::write(folder.path().join("khal"), khal).unwrap();
        std::fs::create_dir(folder.path().join("events")).unwrap();
        let synced = Self { folder, python };
        synced.runs(&["discover"]);
        synced
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.python.with_file_name(name));
        command.arg("--config").arg(self.folder.path().join(if name == "khal" {
            "khal"
        } else {
            "config"
        }));
        // Nothing of whoever runs the tests has a say.
        command
            .env("HOME", self.folder.path())
            .env("LC_ALL", "C.UTF-8")
            .env_remove("VDIRSYNCER_CONFIG");
        command
    }

    fn runs(&self, words: &[&str]) -> String {
        let output = tools::output(self.program("vdirsyncer").args(words));
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{said}");
        said
    }

    /// Synchronises; what was added, changed and deleted here, by their files.
    fn syncs(&self) -> (usize, usize, usize) {
        let before = self.files();
        let said = self.runs(&["sync", "--force-delete"]);
        let after = self.files();
        let count = |is: &dyn Fn(&File) -> bool| after.iter().filter(|file| is(file)).count();
        let had = |name: &str| before.iter().find(|(known, _)| known == name);
        let added = count(&|(name, _)| had(name).is_none());
        let changed = count(&|(name, bytes)| had(name).is_some_and(|(_, old)| old != bytes));
        let gone =
            before.iter().filter(|(name, _)| !after.iter().any(|(now, _)| now == name)).count();
        // What it says it copied is what the folder shows.
        assert_eq!(said.matches("Copying").count(), added + changed, "{said}");
        (added, changed, gone)
    }

    fn files(&self) -> Vec<File> {
        stories::database::files(&self.folder.path().join("events"))
    }

    /// The titles khal lists, in the order of time.
    fn khal(&self) -> Vec<String> {
        let mut command = self.program("khal");
        command.args(["list", "--format", "{title}", "--day-format", "", "today", "90d"]);
        let output = tools::output(&mut command);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
    }
}

/// A person with a place at each of some events.
async fn comes(world: &World, hub: &Hub, curator: &Person, events: &[&String]) -> Person {
    let mut person = String::new();
    for event in events {
        let registration = world.visitor().registers(event, "Canary Wharfside", 1).await.id;
        let query = "query($id: ID!) { node(id: $id) { ... on Registration { personId } } }";
        person = text(&curator.asks(query, json!({ "id": registration })).await, "/node/personId");
    }
    world.person_with_role(hub, "participant", &person)
}

/// Makes an address; the link's id, and the path.
async fn link(who: &Person, feed: &str, on: &str) -> (String, String) {
    let input = json!({ "feed": feed, "onId": on, "label": "My laptop" });
    let made =
        who.gives("createCalendarLink", input).wants("calendarLink { id } url").accepted().await;
    let url = text(&made, "/url");
    let path = url.find("/feeds/").map(|at| url[at..].to_owned());
    (text(&made, "/calendarLink/id"), path.unwrap_or_else(|| panic!("no address in {made}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_is_one_change_in_her_calendar_and_no_edit_is_none() {
    both(async |world| {
        let hub = world.hub("Westminster", "westminster", "Europe/London", &["en"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Cold homes").await;
        let warm = curator.publishes(&hub, &issue, "Warm, dry; fed", &Plan::evening(20, 30)).await;
        let tea = curator.publishes(&hub, &issue, "Tea at four", &Plan::evening(22, 30)).await;
        let other = curator.publishes(&hub, &issue, "Not hers", &Plan::evening(24, 30)).await;
        let ada = comes(&world, &hub, &curator, &[&warm, &tea]).await;
        let (id, path) = link(&ada, "PERSONAL", &hub.id).await;

        let synced = Synced::new(&format!("{}{path}", world.server.base()));
        assert_eq!(synced.syncs(), (2, 0, 0));
        assert_eq!(synced.khal(), ["Warm, dry; fed", "Tea at four"]);
        assert_eq!(synced.syncs(), (0, 0, 0), "nothing was edited");
        curator.reschedules(&other, &Plan::evening(25, 30)).await;
        assert_eq!(synced.syncs(), (0, 0, 0), "what is not hers is no change of hers");
        curator.reschedules(&warm, &Plan::evening(23, 30)).await;
        // It names a file after what is in it: a changed entry is a new file for an old one.
        assert_eq!(synced.syncs(), (1, 0, 1), "one edit");
        assert_eq!(synced.khal(), ["Tea at four", "Warm, dry; fed"]);
        assert_eq!(synced.syncs(), (0, 0, 0));

        let which = json!({ "calendarLinkId": id });
        let rotated = ada.gives("rotateCalendarLink", which.clone()).wants("url").accepted().await;
        assert_ne!(text(&rotated, "/url"), format!("{}{path}", world.server.base()));
        assert_eq!(synced.syncs(), (0, 0, 2), "the old address has ended");
        let new = text(&rotated, "/url");
        let new = &new[new.find("/feeds/").unwrap()..];
        assert_eq!(world.visitor().gets(new).await.status, 200);
        ada.gives("revokeCalendarLink", which).accepted().await;
        let ended = world.visitor().gets(new).await;
        assert_eq!(calendars::read(&[ended.text()])[0].events, []);
        let query = "{ viewer { calendarLinks { label endedAt lastUsedAt } } }";
        let seen = ada.asks(query, json!({})).await;
        assert_eq!(text(&seen, "/viewer/calendarLinks/0/label"), "My laptop");
        assert_ne!(text(&seen, "/viewer/calendarLinks/0/endedAt"), "");

        // Neither the log nor the database knows an address.
        let token =
            |path: &str| path.trim_start_matches("/feeds/p/").trim_end_matches(".ics").to_owned();
        let everything = world.database.everything().await;
        for secret in [token(&path), token(new)] {
            assert!(!world.server.log().contains(&secret), "the log tells an address");
            assert!(stories::database::holds(&everything, &secret).is_empty());
        }
        world.verifies();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_parsers_read_every_kind_of_feed_and_two_processes_serve_the_same_bytes() {
    both(async |world| {
        let hub = world.hub("Leith", "leith", "Europe/London", &["en", "ko"]).await;
        let curator = world.with_role(&hub, "curator");
        let issue = curator.puts_on_agenda(&hub, "Damp, cold; dark").await;
        let event = curator.publishes(&hub, &issue, "Hack the heat", &Plan::evening(20, 30)).await;
        let create = json!({ "eventId": event, "rules": { "teamMin": 1, "teamMax": 3 }, "duration": "PT48H" });
        let hackathon = curator.gives("createHackathon", create).id_of("hackathon").await;
        curator.gives("openTeamFormation", json!({ "hackathonId": hackathon })).accepted().await;
        let registration = world.visitor().registers(&event, "Ida Ince", 1).await.id;
        let participant = curator.enrols(&hackathon, &registration, "tea").await;
        let found = json!({ "hackathonId": hackathon, "name": "Kettles, & \"Co\"", "participantId": participant });
        let team = curator.gives("foundTeam", found).id_of("team").await;
        let query = "query($id: ID!) { node(id: $id) { ... on Registration { personId } } }";
        let person = text(&curator.asks(query, json!({ "id": registration })).await, "/node/personId");
        let ida = world.person_with_role(&hub, "participant", &person);
        let paths = [
            format!("/feeds/hub/{}.ics", hub.slug),
            format!("/feeds/hackathon/{hackathon}.ics"),
            link(&ida, "PERSONAL", &hub.id).await.1,
            link(&ida, "HACKATHON", &hackathon).await.1,
            link(&ida, "TEAM", &team).await.1,
        ];
        let asked: Vec<String> = paths
            .iter()
            .flat_map(|path| [path.clone(), format!("{path}?lang=ko"), format!("{path}?detail=busy")])
            .chain([format!("{}?alarm=30", paths[2]), format!("{}?invited=0", paths[2])])
            .collect();
        let mut replies = Vec::new();
        for path in &asked {
            let reply = world.visitor().gets(path).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.text());
            replies.push(reply);
        }
        let texts: Vec<String> = replies.iter().map(stories::client::Reply::text).collect();
        let read = calendars::read(&texts);
        let events: Vec<usize> = read.iter().map(|calendar| calendar.events.len()).collect();
        assert_eq!(events, [1, 1, 1, 3, 3, 1, 2, 2, 1, 3, 3, 1, 3, 3, 1, 2, 2]);
        assert!(read.iter().all(|calendar| calendar.method.is_empty()));
        // The event is the same one in all of them.
        for number in [0, 3, 6, 9, 12] {
            assert_eq!(read[number].event(&event).summary, "Hack the heat");
        }
        if world.database.is_postgres() {
            let mut pair = [(); 2].map(|()| Server::start(&world.database, &behind_a_proxy()));
            let [here, there] = [0, 1].map(|number: usize| world.visitor().at(pair[number].base()));
            for path in &asked {
                let (one, same) = (here.gets(path).await, there.gets(path).await);
                assert_eq!((one.status, one.text()), (200, same.text()), "{path}");
                for name in ["etag", "last-modified"] {
                    assert_eq!(one.header(name), same.header(name), "{path}");
                }
            }
            let held = there.gets(&paths[2]).await.header("etag");
            curator.reschedules(&event, &Plan::evening(21, 30)).await;
            for each in [&here, &there] {
                let request = each.request(reqwest::Method::GET, &paths[2]);
                let reply = Person::send(request.header("if-none-match", &held)).await.unwrap();
                assert_eq!(reply.status, 200, "both know of what a third one took");
            }
            for server in &mut pair {
                server.stop();
            }
        }
        refused(&world, &paths[0]).await;
    })
    .await;
}

/// One of several processes that are one site: it is known by another address than its own.
fn behind_a_proxy() -> Launch {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listen = free.to_string();
    let words = ["--listen", &listen, "--public-url", "http://localhost:8080"];
    Launch { words: words.map(str::to_owned).to_vec(), ..Launch::default() }
}

/// A filter that is none is refused in words, through all layers.
async fn refused(world: &World, path: &str) {
    let reply = world.visitor().gets(&format!("{path}?utm_source=x")).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
    assert!(reply.text().contains("“utm_source”"), "{}", reply.text());
}
