import { defineTable } from "@fieldwise/schema";
import * as z from "zod";

export const Notes = defineTable({
  name: "notes",
  schema: z.object({ id: z.string(), text: z.string().optional() }),
  partitionKey: "id",
});
