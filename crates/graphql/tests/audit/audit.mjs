// Audits a GraphQL server over HTTP: node audit.mjs URL [NUMBER OF AUDITS EXPECTED] [TOKEN]
// Prints one line for each failure and a sum; exits with 1 when an audit fails or the number differs.
import { serverAudits } from "graphql-http";

const [url, expected, token] = process.argv.slice(2);
if (!url) {
  console.error("usage: node audit.mjs URL [EXPECTED] [TOKEN]");
  process.exit(2);
}

const fetchFn = (address, options = {}) =>
  fetch(address, token ? { ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } } : options);

const audits = serverAudits({ url, fetchFn });
const levels = new Map();
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  const level = audit.name.split(" ")[0];
  const sum = levels.get(level) ?? { passed: 0, all: 0 };
  sum.all += 1;
  if (result.status === "ok") {
    passed += 1;
    sum.passed += 1;
  } else {
    console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
    // The suite leaves the bodies of failed responses unread.
    await result.response?.body?.cancel?.().catch(() => {});
  }
  levels.set(level, sum);
}
for (const [level, sum] of levels) console.log(`${level} ${sum.passed} of ${sum.all}`);
console.log(`${passed} of ${audits.length} audits passed`);
const isWhole = !expected || Number(expected) === audits.length;
if (!isWhole) console.log(`expected ${expected} audits, the suite has ${audits.length}`);
process.exit(passed === audits.length && isWhole ? 0 : 1);
