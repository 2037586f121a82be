import { ConfigurationError } from "./errors/input-errors.ts";

const regionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"] as const;

/**
 * Finds the region: the option, `AWS_REGION`, `AWS_DEFAULT_REGION`, or the `region` of the profile (`AWS_PROFILE`, else
 * `default`) in the shared config files.
 *
 * @throws ConfigurationError where there is none, or where it can't be a region's name.
 */
export async function resolveRegion(option: string | undefined): Promise<string> {
  if (option !== undefined) return checkRegion(option, "the region option");
  for (const variable of regionVariables) {
    const value = process.env[variable]?.trim();
    if (value) return checkRegion(value, variable);
  }
  const { profile, region } = await (await import("./credentials/aws-providers.ts")).readProfile();
  if (region) return checkRegion(region, `the region of profile "${profile}"`);
  throw new ConfigurationError(
    `no region: set the region option, AWS_REGION or AWS_DEFAULT_REGION, or a region for profile "${profile}" in the shared config file`,
  );
}

/** Refuses what can't be a region: it becomes a part of a host name. */
export function checkRegion(region: string, source: string): string {
  if (typeof region === "string" && /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/.test(region))
    return region;
  throw new ConfigurationError(
    `${source} is ${JSON.stringify(region)}, which can't be a region; a region is written like "eu-west-1"`,
  );
}
