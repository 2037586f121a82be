import { Client } from "../src/client.ts";

/** A client that gets the same answer to every request. */
export function answering(answer: object, statusCode = 200): Client {
  return new Client({
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local-secret-that-nobody-may-see" },
    endpoint: "http://localhost",
    requestHandler: {
      handle: async () => ({
        response: { statusCode, headers: {}, body: JSON.stringify(answer) },
      }),
    },
  });
}
