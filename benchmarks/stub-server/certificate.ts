import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate for 127.0.0.1 and its key, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const object = {
  commonName: "550403",
  ecdsaWithSha256: "2a8648ce3d040302",
  alternativeName: "551d11",
};
const constraints = "551d13";
const day = 24 * 60 * 60 * 1000;

/** Makes a certificate that signs itself and is good for a day. Node can read X.509, but not write it. */
export function createCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const toBeSigned = content(publicKey);
  const signature = sign("sha256", toBeSigned, privateKey);
  const der = sequence(toBeSigned, algorithm(), tagged(0x03, Buffer.of(0), signature));
  const lines = der.toString("base64").replaceAll(/.{64}/g, "$&\n").trimEnd();
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function content(publicKey: KeyObject): Buffer {
  const version = tagged(0xa0, tagged(0x02, Buffer.of(2)));
  const serial = tagged(0x02, Buffer.of(1), randomBytes(8));
  const name = sequence(
    tagged(0x31, sequence(identifier(object.commonName), tagged(0x0c, Buffer.from("stub server")))),
  );
  const now = Date.now();
  const validity = sequence(time(now - day), time(now + day));
  const authority = extension(constraints, sequence(tagged(0x01, Buffer.of(0xff))));
  const address = extension(
    object.alternativeName,
    sequence(tagged(0x87, Buffer.of(127, 0, 0, 1)), tagged(0x82, Buffer.from("localhost"))),
  );
  return sequence(
    version,
    serial,
    algorithm(),
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(authority, address)),
  );
}

function algorithm(): Buffer {
  return sequence(identifier(object.ecdsaWithSha256));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(identifier(id), tagged(0x04, value));
}

function identifier(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

/** As UTCTime: `261122100000Z`. */
function time(milliseconds: number): Buffer {
  const text = new Date(milliseconds).toISOString().replaceAll(/[-:T]|\..*/g, "");
  return tagged(0x17, Buffer.from(`${text.slice(2)}Z`));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** One DER value: its tag, its length, its content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const size = value.length;
  if (size < 0x80) return Buffer.concat([Buffer.of(tag, size), value]);
  if (size < 0x100) return Buffer.concat([Buffer.of(tag, 0x81, size), value]);
  return Buffer.concat([Buffer.of(tag, 0x82, size >> 8, size & 0xff), value]);
}
