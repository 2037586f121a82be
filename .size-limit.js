// Libraries that a program loads only when it needs them: AWS's sources of credentials, and signing out of the ordinary.
const onDemand = [
  "@aws-sdk/credential-provider-*",
  "@smithy/credential-provider-imds",
  "@smithy/core/config",
];

const forNode = (external) => (config) => ({
  ...config,
  platform: "node",
  format: "esm",
  external: [...(config.external ?? []), ...external],
});

const schema = { "packages/schema/dist/index.js": "*" };
const core = {
  "packages/core/dist/index.js":
    "{ Client, Credentials, RetryConfig, F, and, or, not, isDynamoDBError }",
};

export default [
  {
    name: "schema and core, our own code, without zod",
    import: { ...schema, ...core },
    modifyEsbuildConfig: forNode(["zod", "zod/*", "@aws-sdk/*", "@smithy/*"]),
    gzip: true,
    limit: "63.5 kB",
  },
  {
    name: "core, our own code",
    import: core,
    modifyEsbuildConfig: forNode(["@aws-sdk/*", "@smithy/*"]),
    gzip: true,
    limit: "35 kB",
  },
  {
    name: "schema and core with the request handler and signing library that they load, without zod",
    import: { ...schema, ...core },
    modifyEsbuildConfig: forNode(["zod", "zod/*", ...onDemand]),
    gzip: true,
    limit: "109 kB",
  },
];
