/**
 * What a request handler's error means. `connection`: no answer came. `certificate`: none will come, the server is not the
 * one it should be. `timeout`: none came in time. `handler`: the handler itself is at fault.
 */
export type Fault = "connection" | "certificate" | "timeout" | "handler";

const connectionCodes: ReadonlySet<string> = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EADDRNOTAVAIL",
  "EAI_AGAIN",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "EMFILE",
  "ENETDOWN",
  "ENETRESET",
  "ENETUNREACH",
  "ENOBUFS",
  "ENOTCONN",
  "ENOTFOUND",
  "EPIPE",
  "EPROTO",
  "ERR_HTTP2_STREAM_CANCEL",
  "ERR_HTTP2_STREAM_ERROR",
  "ERR_STREAM_PREMATURE_CLOSE",
  "UND_ERR_ABORTED",
  "UND_ERR_CLOSED",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_DESTROYED",
  // The retry interceptor's, of an answer that it would have again: of throttling and 5xx.
  "UND_ERR_REQ_RETRY",
  "UND_ERR_SOCKET",
]);

const timeoutCodes: ReadonlySet<string> = new Set([
  "ESOCKETTIMEDOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
]);

const certificateCode =
  /^(?:CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY)|HOSTNAME_MISMATCH)/;
const parserCode = /^(?:HPE_|ERR_SSL_|ERR_TLS_)/;
/** fetch says no more than this, in Node, Chromium, Firefox and Safari; in Node the cause says it. */
const fetchFailure =
  /^(?:fetch failed|terminated|Failed to fetch|NetworkError when attempting|Load failed|network error)/i;

/** Tells what an error thrown by a request handler means, by its code and those of its causes. */
export function classifyFault(error: unknown): Fault {
  let current = error;
  // Bounded: a chain of causes may be a ring.
  for (let depth = 0; depth < 8 && typeof current === "object" && current !== null; depth++) {
    const fault = classifyOne(current);
    if (fault !== undefined) return fault;
    current = "cause" in current ? current.cause : undefined;
  }
  return error instanceof TypeError && fetchFailure.test(error.message) ? "connection" : "handler";
}

function classifyOne(error: object): Fault | undefined {
  const { code, name, syscall } = error as { code?: unknown; name?: unknown; syscall?: unknown };
  if (typeof code === "string") {
    if (certificateCode.test(code)) return "certificate";
    if (connectionCodes.has(code) || parserCode.test(code)) return "connection";
    if (code === "ETIMEDOUT") return syscall === "connect" ? "connection" : "timeout";
    if (timeoutCodes.has(code)) return "timeout";
  }
  // undici's, which may have no code.
  if (name === "HTTPParserError") return "connection";
  return name === "TimeoutError" || name === "RequestTimeout" ? "timeout" : undefined;
}
