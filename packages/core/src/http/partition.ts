interface Partition {
  /** The regions' prefix, up to the compass point. */
  readonly regions: RegExp;
  readonly domain: string;
}

// From `partitions.json` of the AWS SDKs, where each partition has its region pattern and its `dnsSuffix`. GovCloud shares the
// domain of the commercial partition, and so does every region that is not known yet.
const otherPartitions: readonly Partition[] = [
  { regions: /^cn-/, domain: "amazonaws.com.cn" },
  { regions: /^eusc-/, domain: "amazonaws.eu" },
  { regions: /^us-iso-/, domain: "c2s.ic.gov" },
  { regions: /^us-isob-/, domain: "sc2s.sgov.gov" },
  { regions: /^eu-isoe-/, domain: "cloud.adc-e.uk" },
  { regions: /^us-isof-/, domain: "csp.hci.ic.gov" },
];

/** The domain under which a region's services stand: `amazonaws.com` for most. */
export function domainOfRegion(region: string): string {
  return otherPartitions.find(({ regions }) => regions.test(region))?.domain ?? "amazonaws.com";
}
