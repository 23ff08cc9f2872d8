// The explorer: asks this server, shows what it says, and lets people walk through its schema.
// It puts text into the page as text only, and keeps nothing but the token and the last document,
// both until the tab closes.
"use strict";

const ADDRESS = "/graphql";
const STREAM = "/graphql/stream";
const SAMPLE = "# Write an operation here, and run it with Ctrl+Enter.\nquery Hello {\n  __typename\n}\n";
const INTROSPECTION = `query Schema {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name description
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason type { ...Wrapped }
        args(includeDeprecated: true) { name description defaultValue type { ...Wrapped } }
      }
      inputFields { name description defaultValue type { ...Wrapped } }
      interfaces { name } possibleTypes { name }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    }
  }
}
fragment Wrapped on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
}`;

const at = (id) => document.getElementById(id);
const kept = {
  read: (key) => { try { return sessionStorage.getItem(key) || ""; } catch { return ""; } },
  write: (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* private mode */ } },
};

let listening = null;
let types = new Map();
let roots = [];

// ---- asking -----------------------------------------------------------------------------------

function headers(accept) {
  const token = at("token").value.trim();
  const all = { "content-type": "application/json", accept };
  if (token) all.authorization = `Bearer ${token}`;
  return all;
}

function tell(text, bad = false) {
  at("state").textContent = text;
  at("state").classList.toggle("bad", bad);
}

// What is neither string nor comment, so that names are looked for in the right places.
function bare(text) {
  return text.replace(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, " ");
}

function operations(text) {
  const found = bare(text).matchAll(/(?:^|[}\s])(query|mutation|subscription)\s+([_A-Za-z]\w*)/g);
  return [...found].map(([, kind, name]) => ({ kind, name }));
}

function offerNames() {
  const names = operations(at("document").value).map((one) => one.name);
  const before = at("name").value;
  at("name").replaceChildren(...names.map((name) => new Option(name, name, false, name === before)));
  at("name-field").hidden = names.length < 2;
}

function request() {
  const query = at("document").value;
  const written = at("variables").value.trim();
  const ask = { query };
  if (written) ask.variables = JSON.parse(written);
  if (!at("name-field").hidden) ask.operationName = at("name").value;
  return ask;
}

function isSubscription(ask) {
  const all = operations(ask.query);
  const one = all.find((found) => found.name === ask.operationName) || all[0];
  return one ? one.kind === "subscription" : /^\s*subscription\b/.test(bare(ask.query));
}

async function run() {
  stop();
  let ask;
  try {
    ask = request();
  } catch (error) {
    tell(`The variables are not JSON: ${error.message}`, true);
    at("variables").focus();
    return;
  }
  kept.write("explorer.document", ask.query);
  kept.write("explorer.variables", at("variables").value);
  at("result").textContent = "";
  try {
    await (isSubscription(ask) ? listen(ask) : once(ask));
  } catch (error) {
    if (error.name !== "AbortError") tell(`The server did not answer: ${error.message}`, true);
  }
}

async function once(ask) {
  tell("Running");
  const begun = performance.now();
  const response = await fetch(ADDRESS, {
    method: "POST",
    headers: headers("application/graphql-response+json, application/json;q=0.9"),
    body: JSON.stringify(ask),
  });
  const answer = await response.json();
  const took = Math.round(performance.now() - begun);
  at("result").textContent = JSON.stringify(answer, null, 2);
  const errors = (answer.errors || []).length;
  const heard = errors ? `${errors} error${errors === 1 ? "" : "s"}` : "Done";
  tell(`${heard}, status ${response.status}, ${took} ms`, errors > 0);
}

async function listen(ask) {
  listening = new AbortController();
  at("stop").hidden = false;
  tell("Listening");
  try {
    const response = await fetch(STREAM, {
      method: "POST",
      headers: headers("text/event-stream"),
      body: JSON.stringify(ask),
      signal: listening.signal,
    });
    if (!(response.headers.get("content-type") || "").startsWith("text/event-stream")) {
      at("result").textContent = JSON.stringify(await response.json(), null, 2);
      tell(`Refused, status ${response.status}`, true);
      return;
    }
    await follow(response.body.pipeThrough(new TextDecoderStream()).getReader());
  } finally {
    listening = null;
    at("stop").hidden = true;
  }
}

async function follow(reader) {
  let text = "";
  let count = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return tell("The stream ended", true);
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const lines = event.split("\n");
      if (lines.includes("event: complete")) return tell(`Complete after ${count} messages`);
      const data = lines.find((line) => line.startsWith("data: "));
      if (!lines.includes("event: next") || !data) continue;
      count += 1;
      at("result").textContent =
        `${JSON.stringify(JSON.parse(data.slice(6)), null, 2)}\n\n${at("result").textContent}`.slice(0, 200_000);
      tell(`Listening, ${count} messages`);
    }
  }
}

function stop() {
  if (listening) {
    listening.abort();
    tell("Stopped");
  }
}

// ---- the schema -------------------------------------------------------------------------------

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function link(text, action) {
  const made = element("button", text);
  made.type = "button";
  made.className = "link";
  made.addEventListener("click", action);
  return made;
}

// A type as it is written, its name a way to the type itself.
function typed(type) {
  if (type.kind === "NON_NULL") return [...typed(type.ofType), "!"];
  if (type.kind === "LIST") return ["[", ...typed(type.ofType), "]"];
  return [link(type.name, () => show(type.name))];
}

function argument(one) {
  const made = [`${one.name}: `, ...typed(one.type)];
  if (one.defaultValue !== null) made.push(` = ${one.defaultValue}`);
  return made;
}

function entry(list, one) {
  const title = element("dt", one.name);
  (one.args || []).forEach((each, index) => title.append(index ? ", " : "(", ...argument(each)));
  if ((one.args || []).length) title.append(")");
  if (one.type) title.append(": ", ...typed(one.type));
  if (one.defaultValue) title.append(` = ${one.defaultValue}`);
  list.append(title, element("dd", one.description || ""));
  if (one.isDeprecated) list.append(element("dd", `Deprecated: ${one.deprecationReason || "no reason given"}`));
  for (const each of one.args || []) {
    if (each.description) list.append(element("dd", `${each.name}: ${each.description}`));
  }
}

function names(title, all) {
  const list = element("ul");
  list.append(...all.map((name) => element("li", "", link(name, () => show(name)))));
  return [element("h4", title), list];
}

function trail(name) {
  const steps = [link("Schema", () => show(null))];
  if (name) steps.push(element("span", name));
  at("trail").replaceChildren(...steps.map((step) => element("li", "", step)));
}

// Shows one type, or the list of all; focus goes along, so that the keyboard stays where the eye is.
function show(name, focus = true) {
  trail(name);
  const type = types.get(name);
  const made = type ? whole(type) : overview();
  at("shown").replaceChildren(...made);
  if (focus) at("shown").focus();
}

function whole(type) {
  const made = [element("h3", `${type.kind.toLowerCase().replace("_", " ")} ${type.name}`)];
  if (type.description) made.push(element("p", type.description));
  const list = element("dl");
  for (const one of type.fields || type.inputFields || type.enumValues || []) entry(list, one);
  made.push(list);
  if ((type.interfaces || []).length) made.push(...names("Implements", type.interfaces.map((one) => one.name)));
  if ((type.possibleTypes || []).length) made.push(...names("May be", type.possibleTypes.map((one) => one.name)));
  return made;
}

function overview() {
  const others = [...types.keys()].filter((name) => !roots.includes(name) && !name.startsWith("__"));
  return [...names("Where operations begin", roots), ...names("Types", others.sort())];
}

function search() {
  const word = at("search").value.trim().toLowerCase();
  if (!word) return show(null, false);
  const found = [];
  for (const [name, type] of types) {
    if (name.startsWith("__")) continue;
    if (name.toLowerCase().includes(word)) found.push([name, name]);
    for (const one of type.fields || type.inputFields || type.enumValues || []) {
      if (one.name.toLowerCase().includes(word)) found.push([`${name}.${one.name}`, name]);
    }
  }
  const list = element("ul");
  list.append(...found.slice(0, 200).map(([text, name]) => element("li", "", link(text, () => show(name)))));
  trail(null);
  at("shown").replaceChildren(element("p", `${found.length} found`), list);
}

async function readSchema() {
  const response = await fetch(ADDRESS, {
    method: "POST",
    headers: headers("application/json"),
    body: JSON.stringify({ query: INTROSPECTION }),
  });
  const { data, errors } = await response.json();
  if (!data) throw new Error(errors[0].message);
  types = new Map(data.__schema.types.map((type) => [type.name, type]));
  const { queryType, mutationType, subscriptionType } = data.__schema;
  roots = [queryType, mutationType, subscriptionType].filter(Boolean).map((type) => type.name);
  show(null, false);
}

function loadSchema() {
  readSchema().catch((error) => {
    at("shown").replaceChildren(element("p", `The schema could not be read: ${error.message}`));
  });
}

// ---- the page ---------------------------------------------------------------------------------

at("document").value = kept.read("explorer.document") || SAMPLE;
at("variables").value = kept.read("explorer.variables");
at("token").value = kept.read("explorer.token");
at("ask").addEventListener("submit", (event) => { event.preventDefault(); run(); });
at("ask").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
at("document").addEventListener("input", offerNames);
at("token").addEventListener("change", () => { kept.write("explorer.token", at("token").value.trim()); loadSchema(); });
at("stop").addEventListener("click", stop);
at("search").addEventListener("input", search);
window.addEventListener("pagehide", stop);
offerNames();
loadSchema();
