// Looks at pages in a browser and prints what is wrong with them as JSON lines.
// Usage: node pages.mjs NODE_MODULES CHROMIUM BASE PLAN, where PLAN is JSON:
// { "pages": ["/", …], "register": "/h/…/events/…", "bearer": "tok_…" or null }.
// Each page at 320 and 1280 px, in light and dark: no sideways scroll, no violation that axe-core
// finds, one h1. Then, without script: from the event's page to a confirmed registration.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, executablePath, base, planText] = process.argv.slice(2);
const plan = JSON.parse(planText);
const require = createRequire(`${modules}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const say = (word) => console.log(JSON.stringify(word));

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const headers = plan.bearer ? { authorization: `Bearer ${plan.bearer}` } : {};

const look = async (page, path, width, scheme) => {
  const where = `${path} at ${width} px, ${scheme}`;
  const response = await page.goto(base + path, { waitUntil: "load" });
  if (response.status() !== 200) say({ fault: `${where}: status ${response.status()}` });
  const found = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const out = [...document.querySelectorAll("main *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120));
    return { wide, out: out.slice(0, 3), titles: document.querySelectorAll("h1").length, lang: document.documentElement.lang };
  });
  if (found.wide > 0) say({ fault: `${where}: ${found.wide} px too wide: ${found.out}` });
  if (found.titles !== 1) say({ fault: `${where}: ${found.titles} h1` });
  if (!found.lang) say({ fault: `${where}: no lang` });
  // The page's own policy forbids strange scripts; the debugger's evaluation is exempt.
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of result.violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
    say({ fault: `${where}: ${violation.id}: ${violation.help}: ${nodes.join(" | ")}` });
  }
};

for (const [width, scheme] of [[320, "light"], [1280, "dark"]]) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, extraHTTPHeaders: headers });
  const page = await context.newPage();
  page.on("pageerror", (error) => say({ fault: `script failed: ${error.message}` }));
  page.on("console", (message) => {
    if (message.type() === "error") say({ fault: `the console says: ${message.text()} (${page.url()})` });
  });
  for (const path of plan.pages) await look(page, path, width, scheme);
  await context.close();
}

const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } });
const page = await plain.newPage();
await page.goto(base + plan.register);
// First with a fault: the summary names it, and what was typed stays.
await page.fill("[name=name]", "Nora Noscript");
await page.fill("[name=email]", "nowhere");
await page.press("[name=email]", "Enter");
const kept = await page.inputValue("[name=name]");
if (kept !== "Nora Noscript") say({ fault: `the form forgot the name: ${kept}` });
if ((await page.locator("[aria-invalid=true]").count()) === 0) say({ fault: "no field is marked as wrong" });
await page.fill("[name=email]", "nora.noscript@people.example");
await page.press("[name=email]", "Enter");
say({ arrived: new URL(page.url()).pathname, text: await page.locator("main").innerText() });
await browser.close();
