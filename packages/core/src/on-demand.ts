/**
 * What many programs never need: `import("./on-demand.ts")`. It is one module, for bundlers give what one such module shares
 * with the rest a file of its own, and what several share one for each combination.
 */
export {
  createTable,
  deleteTable,
  describeTable,
  describeTimeToLive,
  disableTimeToLive,
  enableTimeToLive,
  listTables,
  listTags,
  tableExists,
  tagTable,
  untagTable,
  updateTable,
} from "./administer-tables.ts";
export {
  container,
  credentialProcess,
  instanceMetadata,
  sharedConfig,
  sso,
  webIdentity,
} from "./credentials/aws-providers.ts";
export { defaultChain } from "./credentials/default-chain.ts";
export { readProfile } from "./profile.ts";
