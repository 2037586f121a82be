declare module "@aws-lite/dynamodb" {
  const plugin: unknown;
  export default plugin;
}

declare module "aws4" {
  function sign(
    request: {
      readonly service: string;
      readonly region: string;
      readonly host: string;
      readonly path: string;
      readonly method: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    },
    credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
  ): { readonly headers: Readonly<Record<string, string>> };

  const aws4: { readonly sign: typeof sign };
  export default aws4;
}
