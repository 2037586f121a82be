import { createServer } from "node:http";
import { crc32 } from "node:zlib";

// A server that answers every request at once with the same item, so that what is measured is the client.
const item = {
  customerId: { S: "c1" },
  orderId: { S: "2026-0001" },
  status: { S: "placed" },
  placedAt: { S: "2026-11-22T10:00:00.000Z" },
  total: { N: "48.5" },
  lines: {
    L: [
      { M: { sku: { S: "tea" }, quantity: { N: "2" } } },
      { M: { sku: { S: "cup" }, quantity: { N: "1" } } },
    ],
  },
  tags: { SS: ["gift", "express"] },
  note: { S: "leave it at the door" },
};
const body = Buffer.from(JSON.stringify({ Item: item }));
const headers = {
  "content-type": "application/x-amz-json-1.0",
  "content-length": String(body.length),
  "x-amz-crc32": String(crc32(body)),
  "x-amzn-requestid": "0123456789",
};

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(200, headers).end(body));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.send?.(address.port);
});
process.on("disconnect", () => process.exit());
