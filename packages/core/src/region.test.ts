import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  loadConfig,
  NODE_REGION_CONFIG_FILE_OPTIONS,
  NODE_REGION_CONFIG_OPTIONS,
} from "@smithy/core/config";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ConfigurationError } from "./errors/input-errors.ts";
import { resolveRegion } from "./region.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fieldwise-region-"));
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function writeConfig(text: string): void {
  writeFileSync(join(folder, "config"), text);
}

describe("the region", () => {
  test("is the option before all else", async () => {
    vi.stubEnv("AWS_REGION", "us-west-2");
    expect(await resolveRegion("eu-west-1")).toBe("eu-west-1");
  });

  test("is AWS_REGION, then AWS_DEFAULT_REGION", async () => {
    writeConfig("[default]\nregion = sa-east-1\n");
    vi.stubEnv("AWS_DEFAULT_REGION", "us-east-2");
    expect(await resolveRegion(undefined)).toBe("us-east-2");
    vi.stubEnv("AWS_REGION", " us-west-2 ");
    expect(await resolveRegion(undefined)).toBe("us-west-2");
  });

  test("is the profile's", async () => {
    writeConfig("[default]\nregion = sa-east-1\n[profile dev]\nregion = eu-north-1\n");
    expect(await resolveRegion(undefined)).toBe("sa-east-1");
    vi.stubEnv("AWS_PROFILE", "dev");
    expect(await resolveRegion(undefined)).toBe("eu-north-1");
  });

  test("is the profile's in the credentials file, where the config file has none", async () => {
    writeFileSync(join(folder, "credentials"), "[default]\nregion = ca-west-1\n");
    expect(await resolveRegion(undefined)).toBe("ca-west-1");
  });

  test("is the credentials file's, where both files have one, as in AWS's own clients", async () => {
    writeConfig("[default]\nregion = sa-east-1\n");
    writeFileSync(join(folder, "credentials"), "[default]\nregion = ca-west-1\n");
    expect(await resolveRegion(undefined)).toBe("ca-west-1");
    const ofAws = loadConfig(NODE_REGION_CONFIG_OPTIONS, {
      ...NODE_REGION_CONFIG_FILE_OPTIONS,
      ignoreCache: true,
    });
    expect(await ofAws()).toBe("ca-west-1");
  });

  test("that nobody gave is an error that says where to give it", async () => {
    vi.stubEnv("AWS_PROFILE", "dev");
    vi.stubEnv("AWS_REGION", "");
    const error = await resolveRegion(undefined).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConfigurationError);
    for (const place of ["region option", "AWS_REGION", "AWS_DEFAULT_REGION", '"dev"']) {
      expect((error as Error).message).toContain(place);
    }
  });
});

describe("a bad region", () => {
  test.each([
    "",
    "eu west 1",
    "EU-WEST-1",
    "evil.com/",
    "eu-west-1.",
    "-eu",
    "a".repeat(64),
    "é",
    "x@y",
    "eu-west-1\n",
  ])("%j is refused", async (region) => {
    await expect(resolveRegion(region)).rejects.toThrow(ConfigurationError);
    await expect(resolveRegion(region)).rejects.toThrow("the region option is ");
  });

  test("is refused by the name of where it stood", async () => {
    vi.stubEnv("AWS_DEFAULT_REGION", "eu_west_1");
    await expect(resolveRegion(undefined)).rejects.toThrow('AWS_DEFAULT_REGION is "eu_west_1"');
    vi.stubEnv("AWS_DEFAULT_REGION", undefined);
    writeConfig("[default]\nregion = eu/west\n");
    await expect(resolveRegion(undefined)).rejects.toThrow(
      'the region of profile "default" is "eu/west"',
    );
  });
});
