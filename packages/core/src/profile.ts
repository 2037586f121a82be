import { namesOf } from "./credentials/names-of.ts";

/** The profile in use, and its `region` in the shared config files. */
export async function readProfile(): Promise<{ profile: string; region: string | undefined }> {
  const { getProfileName, loadSharedConfigFiles } = namesOf(await import("@smithy/core/config"));
  const profile = getProfileName({});
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const region = configFile[profile]?.["region"] ?? credentialsFile[profile]?.["region"];
  return { profile, region: region?.trim() };
}
