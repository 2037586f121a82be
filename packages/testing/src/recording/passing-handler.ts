import { ConfigurationError, type RequestHandler } from "@fieldwise/core";
import type { HandlerOptions, HandlerRequest } from "./sent-request.ts";

/** Another handler: of smithy's, or with no more than every client needs. */
interface InnerHandler extends RequestHandler {
  handle(request: HandlerRequest, options?: HandlerOptions): ReturnType<RequestHandler["handle"]>;
  readonly metadata?: { readonly handlerProtocol: string };
  updateHttpClientConfig?(key: never, value: never): void;
  httpHandlerConfigs?(): Record<string, unknown>;
}

/** A request handler with all the members that smithy's own have, so that the AWS SDK's clients take it, too. */
export interface SmithyHandler extends RequestHandler {
  handle(request: HandlerRequest, options?: HandlerOptions): ReturnType<RequestHandler["handle"]>;
  /** What is known of the protocol of the handler behind. */
  readonly metadata: { readonly handlerProtocol: string };
  /** Changes an option of the handler behind. */
  updateHttpClientConfig(key: never, value: never): void;
  /** The options of the handler behind. */
  httpHandlerConfigs(): Record<string, unknown>;
  /** Destroys the handler behind. */
  destroy(): void;
}

/** A request handler around another, to which it passes everything on. */
export class PassingHandler implements SmithyHandler {
  /** The handler behind. */
  protected readonly inner: InnerHandler;

  constructor(handler: RequestHandler) {
    if (typeof handler !== "object" || handler === null || typeof handler.handle !== "function")
      throw new ConfigurationError("a request handler is an object with a method handle()");
    this.inner = handler;
  }

  get metadata(): { readonly handlerProtocol: string } {
    return this.inner.metadata ?? { handlerProtocol: "http/1.1" };
  }

  handle(request: HandlerRequest, options?: HandlerOptions): ReturnType<RequestHandler["handle"]> {
    return this.inner.handle(request, options);
  }

  updateHttpClientConfig(key: never, value: never): void {
    this.inner.updateHttpClientConfig?.(key, value);
  }

  httpHandlerConfigs(): Record<string, unknown> {
    return this.inner.httpHandlerConfigs?.() ?? {};
  }

  destroy(): void {
    this.inner.destroy?.();
  }
}
