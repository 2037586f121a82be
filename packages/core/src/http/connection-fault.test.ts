import { describe, expect, test } from "vitest";
import { classifyFault } from "./connection-fault.ts";

const withCode = (code: string, more: object = {}): Error =>
  Object.assign(new Error(code), { code, ...more });

describe("an error of a request handler", () => {
  test.each([
    "ECONNRESET",
    "ECONNREFUSED",
    "EPIPE",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "EPROTO",
    "UND_ERR_SOCKET",
    "UND_ERR_CONNECT_TIMEOUT",
    "UND_ERR_REQ_RETRY",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "HPE_INVALID_CONSTANT",
  ])("with code %s is a connection fault", (code) =>
    expect(classifyFault(withCode(code))).toBe("connection"),
  );

  test.each([
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ])("with code %s is about the certificate", (code) =>
    expect(classifyFault(withCode(code))).toBe("certificate"),
  );

  test("is a connection fault where a connection was not made in time", () => {
    expect(classifyFault(withCode("ETIMEDOUT", { syscall: "connect" }))).toBe("connection");
  });

  test("is a connection fault where undici can't read what came", () => {
    expect(classifyFault(Object.assign(new Error(), { name: "HTTPParserError" }))).toBe(
      "connection",
    );
  });

  test("is a connection fault by its code, whatever NodeHttpHandler names it", () => {
    expect(classifyFault(withCode("ECONNRESET", { name: "TimeoutError" }))).toBe("connection");
  });

  test.each([
    withCode("ETIMEDOUT"),
    withCode("UND_ERR_HEADERS_TIMEOUT", { name: "TimeoutError" }),
    withCode("UND_ERR_BODY_TIMEOUT"),
    Object.assign(new Error("Request did not complete within 5 ms"), { name: "TimeoutError" }),
    new DOMException("The operation timed out", "TimeoutError"),
  ])("is a timeout (%#)", (error) => expect(classifyFault(error)).toBe("timeout"));

  test.each([
    new TypeError("fetch failed", { cause: withCode("ECONNREFUSED") }),
    new TypeError("fetch failed"),
    new TypeError("terminated", { cause: withCode("UND_ERR_SOCKET") }),
    new TypeError("Failed to fetch"),
    new TypeError("NetworkError when attempting to fetch resource."),
    new TypeError("Load failed"),
    new Error("outer", { cause: new Error("inner", { cause: withCode("EPIPE") }) }),
    Object.assign(new AggregateError([withCode("ECONNREFUSED")]), { code: "ECONNREFUSED" }),
  ])("is a connection fault of fetch or behind a cause (%#)", (error) => {
    expect(classifyFault(error)).toBe("connection");
  });

  test("is about the certificate behind fetch", () => {
    expect(
      classifyFault(new TypeError("fetch failed", { cause: withCode("CERT_HAS_EXPIRED") })),
    ).toBe("certificate");
  });

  test.each([
    new TypeError("Cannot read properties of undefined (reading 'x')"),
    new RangeError("bad"),
    new Error("fetch failed"),
    withCode("ERR_INVALID_CHAR"),
    "a string",
    undefined,
    null,
    { code: 42 },
  ])("is otherwise the handler's own (%#)", (error) =>
    expect(classifyFault(error)).toBe("handler"),
  );

  test("may be its own cause", () => {
    const ring = new Error("ring");
    ring.cause = ring;
    expect(classifyFault(ring)).toBe("handler");
  });
});
