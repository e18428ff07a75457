// Start at one document, follow the links that a query finds in it, and ask all the documents together.
//
//     node traverse.mjs START LINKS QUERY
//
// LINKS is a SELECT with the variable ?document; the answer to QUERY is written as JSON.
import { QueryEngine } from "@comunica/query-sparql";

const [start, links, query] = process.argv.slice(2);
const engine = new QueryEngine();
const found = await (await engine.queryBindings(links, { sources: [start] })).toArray();
const sources = [start, ...found.map((row) => row.get("document").value)];
const rows = await (await engine.queryBindings(query, { sources })).toArray();
const plain = rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
process.stdout.write(JSON.stringify({ documents: sources.length, rows: plain }) + "\n");
