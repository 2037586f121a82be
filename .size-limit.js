// What is not our own, or is loaded only when it is asked for.
const libraries = ["zod", "zod/*", "@aws-sdk/*", "@smithy/*"];

const modifyEsbuildConfig = (config) => ({
  ...config,
  platform: "node",
  format: "esm",
  external: [...(config.external ?? []), ...libraries],
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
    modifyEsbuildConfig,
    gzip: true,
    limit: "70.5 kB",
  },
  {
    name: "core, our own code",
    import: core,
    modifyEsbuildConfig,
    gzip: true,
    limit: "37 kB",
  },
];
