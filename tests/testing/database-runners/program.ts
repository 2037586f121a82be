/** Run from database-runners.test.ts: leaves its databases and their servers to the end of the process. */
import { createTestDatabase } from "@fieldwise/testing";
import { Notes } from "./tables.ts";

for (const server of ["shared", "own"] as const) {
  const { db, endpoint } = await createTestDatabase({ notes: Notes }, { server });
  await db.notes.put({ id: "a" });
  console.log(endpoint);
}
