/**
 * A server that answers as DynamoDB does, always the same and at once, so that what is measured is the client. It speaks as
 * much of HTTP/1.1 as clients of DynamoDB do, since `node:http`'s server would cost as much as the fastest of them.
 */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import { createAnswers } from "./answers.ts";
import { createCertificate } from "./certificate.ts";

/** What the process that started the server is told. */
export interface Addresses {
  readonly endpoint: string;
  readonly secureEndpoint: string;
  /** The certificate that clients have to trust, as PEM. */
  readonly certificate: string;
}

const answerOf = createAnswers();
const nothing = Buffer.alloc(0);

function serve(socket: Socket): void {
  let received: Buffer = nothing;
  socket.setNoDelay(true);
  // A client that goes away is no fault of the server's.
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    for (;;) {
      const headEnd = received.indexOf("\r\n\r\n");
      if (headEnd === -1) return;
      const head = received.toString("latin1", 0, headEnd);
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      const operation = /\r\nx-amz-target: *DynamoDB_20120810\.(\w+)/i.exec(head)?.[1];
      if (length === undefined || operation === undefined) return refuse(socket);
      const end = headEnd + 4 + Number(length);
      if (received.length < end) return;
      const answer = answerOf(operation, received.toString("latin1", headEnd + 4, end));
      if (answer === undefined) return refuse(socket);
      received = received.length === end ? nothing : received.subarray(end);
      socket.write(answer.whole);
    }
  });
}

function refuse(socket: Socket): void {
  socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const { certificate, key } = createCertificate();
const addresses: Addresses = {
  endpoint: `http://127.0.0.1:${await listen(createServer(serve))}`,
  secureEndpoint: `https://127.0.0.1:${await listen(createSecureServer({ cert: certificate, key }, serve))}`,
  certificate,
};
process.on("disconnect", () => process.exit());
process.send?.(addresses);
