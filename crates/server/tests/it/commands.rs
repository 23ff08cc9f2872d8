//! The commands that come and go, beside a running server and alone.

use crate::program::Folder;
use crate::serving::open_hub;

#[test]
fn a_token_made_beside_a_running_server_opens_its_door() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let token = folder.run(&["token", "--role", "network-admin"]).fine();
    assert!(token.starts_with("tok_") && token.lines().count() == 1, "{token}");
    let viewer = server.ask(Some(token.trim()), "{ version }");
    assert!(viewer["data"]["version"].is_string(), "{viewer}");
    let wrong = server.ask(Some("tok_wrong"), "{ version }");
    assert_eq!(wrong["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{wrong}");
    open_hub(&server, token.trim());
    let curator = folder.run(&["token", "--hub", "westminster", "--role", "curator"]).fine();
    assert!(curator.starts_with("tok_"));
    folder
        .run(&["token", "--hub", "westminser", "--role", "curator"])
        .refused(2, "there is no hub “westminser”; did you mean westminster?");
    folder.run(&["token", "--role", "curator"]).refused(2, "name it with --hub SLUG");
}

#[test]
fn a_past_token_is_worth_nothing() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let past =
        folder.run(&["token", "--role", "network-admin", "--expires", "2020-01-01T00:00:00Z"]);
    past.refused(1, "the token was refused");
    let short = folder.run(&["token", "--role", "network-admin", "--expires", "1h"]).fine();
    assert!(server.ask(Some(short.trim()), "{ version }")["data"]["version"].is_string());
}

#[test]
fn events_are_imported_once_and_bad_rows_are_named() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let token = folder.run(&["token", "--role", "network-admin"]).fine();
    open_hub(&server, token.trim());
    let file = folder.write(
        "events.jsonl",
        concat!(
            "{\"name\":\"DevConf\",\"url\":\"https://dev.example\",\"startDate\":\"2027-03-26\",\"endDate\":\"2027-03-28\",\"city\":\"Brno\",\"country\":\"Czechia\",\"topic\":\"general\"}\n",
            "{\"name\":\"DevConf\",\"url\":\"https://dev.example\",\"startDate\":\"2027-03-26\",\"topic\":\"devops\"}\n",
            "{\"name\":\"Backwards\",\"startDate\":\"2027-05-02\",\"endDate\":\"2027-05-01\"}\n",
            "not json\n",
            "\n",
            "{\"name\":\"Nowhen\",\"url\":\"ftp://x\"}\n",
        ),
    );
    let import = ["import", "events", &file, "--hub", "westminster"];
    let first = folder.run(&import);
    assert_eq!(first.code, Some(1), "{first:?}");
    assert_eq!(first.out, "1 event imported, 1 there already, 3 refused, of 5 rows.\n");
    assert!(first.err.contains("row 3 “Backwards”: it ends on 2027-05-01, before"), "{first:?}");
    assert!(first.err.contains("row 4 “”: it is no JSON"), "{first:?}");
    assert!(first.err.contains("row 6 “Nowhen”: its url “ftp://x” is no web address"), "{first:?}");
    let again = folder.run(&import);
    assert_eq!(again.out, "0 events imported, 2 there already, 3 refused, of 5 rows.\n");
}

#[test]
fn stakeholders_are_imported_once_and_bad_rows_are_named() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let token = folder.run(&["token", "--role", "network-admin"]).fine();
    open_hub(&server, token.trim());
    let file = folder.write(
        "organisations.csv",
        "name,website,city,country,kind,email\n\
         Warm Homes,https://warm.example,Lambeth,UK,NGO,post@warm.example\n\
         Nothing,,,,,\n",
    );
    let import = ["import", "stakeholders", &file, "--hub", "westminster"];
    let first = folder.run(&import);
    assert_eq!(first.out, "1 stakeholder imported, 0 there already, 1 refused, of 2 rows.\n");
    first.refused(1, "row 3 “Nothing”");
    let again = folder.run(&import);
    assert_eq!(again.out, "0 stakeholders imported, 1 there already, 1 refused, of 2 rows.\n");
}

#[test]
fn the_journal_is_proved_rebuilt_shown_and_exported_beside_a_server_and_without() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let token = folder.run(&["token", "--role", "network-admin"]).fine();
    open_hub(&server, token.trim());
    let mut server = Some(server);
    for _ in 0..2 {
        let verified = folder.run(&["verify"]).fine();
        assert!(verified.contains("network: 2 facts, unbroken, head "), "{verified}");
        assert!(verified.ends_with(": all as written.\n"), "{verified}");
        let rebuilt = folder.run(&["rebuild"]).fine();
        assert!(rebuilt.contains("0 rows changed"), "{rebuilt}");
        // The second time nobody serves.
        drop(server.take());
    }
    let log = folder.run(&["log", "--json"]).fine();
    assert!(log.contains("\"HubOpened\"") && log.contains("\"TokenIssued\""), "{log}");
    let export = folder.run(&["export", "--hub", "network"]).fine();
    assert_eq!(export.lines().count(), 2);
    assert!(export.contains("from the command line"), "{export}");
    let sealed = folder.run(&["export", "--hub", "network", "--sealed"]).fine();
    assert!(!sealed.contains("from the command line"), "{sealed}");
    let position = folder.run(&["as-of", "--hub", "westminster", "--position", "0", "{ name }"]);
    assert!(position.fine().contains("\"Westminster\""));
}

#[test]
fn a_check_shows_values_with_their_sources_and_masks_secrets() {
    let folder = Folder::new();
    folder.write("convoke.toml", "log = \"warn\"\n");
    let mut check = folder.program(&["check", "--listen", "127.0.0.1:9"]);
    check.env("CONVOKE_DATABASE", "postgres://ada:secret@db/convoke");
    let output = check.output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown}");
    let has =
        |words: &[&str]| shown.lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(has(&["database", "postgres://ada:…@db/convoke", "CONVOKE_DATABASE"]), "{shown}");
    assert!(has(&["listen", "127.0.0.1:9", "--listen"]), "{shown}");
    assert!(has(&["log", "warn", "convoke.toml:1"]), "{shown}");
    assert!(has(&["mail", "file:data/outbox", "default"]), "{shown}");
}

#[test]
fn the_schema_is_printed_without_a_database() {
    let folder = Folder::new();
    let schema = folder.run(&["schema"]).fine();
    assert!(schema.contains("type Mutation") && schema.contains("openHub"), "{schema}");
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_doctor_finds_a_fresh_folder_in_order() {
    let folder = Folder::new();
    let found = folder.run(&["doctor", "--listen", "127.0.0.1:0"]).fine();
    assert!(found.contains("fine   database: data/convoke.db will be made"), "{found}");
    folder.run(&["migrate"]).fine();
    let found = folder.run(&["doctor", "--listen", "127.0.0.1:0"]).fine();
    assert!(found.contains("fine   database:") && found.contains("0 facts"), "{found}");
}

#[test]
fn a_short_command_needs_no_key_for_letters_and_a_doctor_names_their_domain() {
    let folder = Folder::new();
    let ran = |args: &[&str], key: &str| {
        let mut program = folder.program(args);
        program.env("CONVOKE_DKIM_KEY", key);
        program.env("CONVOKE_PUBLIC_URL", "https://hub.example:8443");
        let output = program.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), said)
    };
    let (is_fine, said) = ran(&["outbox"], "/none/such.pem");
    assert!(is_fine && said.contains("No mail was written yet."), "{said}");
    let key = folder.path().join("dkim.pem").display().to_string();
    folder.run(&["dkim", "--make", &key]).fine();
    let (_, said) = ran(&["doctor", "--listen", "127.0.0.1:0"], &key);
    assert!(said.contains("publish convoke._domainkey.hub.example\n"), "{said}");
}

#[test]
fn help_teaches_by_examples() {
    let folder = Folder::new();
    for command in
        ["serve", "demo", "token", "verify", "rebuild", "log", "export", "import", "as-of"]
    {
        let help = folder.run(&[command, "--help"]).fine();
        assert!(help.contains("Examples:"), "{help}");
    }
}
