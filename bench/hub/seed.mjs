// A database of many events, in seconds: the events that the hub itself recorded, copied by SQLite.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const ask = (sqlite, database, sql) => execFileSync(sqlite, ["-batch", "-noheader", database], { input: sql, encoding: "utf8" }).trim();

/** How many events a database has; 0 where there is none yet. */
export const count = (sqlite, database) => (existsSync(database) ? Number(ask(sqlite, database, "SELECT count(*) FROM event")) : 0);

/** Copies recorded events until there are so many; every column but the two that tell them apart is as it was. Gives ms. */
export function fill(sqlite, database, events) {
  const start = performance.now();
  const columns = ask(sqlite, database, "SELECT name FROM pragma_table_info('event')").split("\n").filter((name) => name !== "sequence");
  const values = columns.map((name) => (name === "id" ? "'evt_copy' || n" : `e."${name}"`));
  const most = 100;
  const missing = Math.max(0, events - count(sqlite, database));
  ask(
    sqlite,
    database,
    `PRAGMA synchronous = OFF; BEGIN;
     CREATE TEMP TABLE kept AS SELECT row_number() OVER (ORDER BY sequence) - 1 AS place, * FROM event ORDER BY sequence LIMIT ${most};
     CREATE UNIQUE INDEX temp.kept_place ON kept(place);
     INSERT INTO event (${columns.map((name) => `"${name}"`).join(", ")})
     WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${missing})
     SELECT ${values.join(", ")} FROM numbers JOIN kept e ON e.place = n % (SELECT count(*) FROM kept);
     COMMIT; PRAGMA wal_checkpoint(TRUNCATE);`,
  );
  const found = count(sqlite, database);
  if (found < events) throw new Error(`the database has ${found} events, not ${events}`);
  return performance.now() - start;
}
