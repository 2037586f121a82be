/** What is compared, in the order of the tables. The name is that of the module in its folder. */
export interface Entry {
  readonly name: string;
  readonly title: string;
}

export const contenders: readonly Entry[] = [
  { name: "fieldwise-core", title: "@fieldwise/core" },
  { name: "fieldwise-core-undici", title: "@fieldwise/core on undici" },
  { name: "fieldwise-schema", title: "@fieldwise/schema, validated" },
  { name: "fieldwise-schema-as-stored", title: "@fieldwise/schema, validated, date left as text" },
  { name: "fieldwise-schema-unvalidated", title: "@fieldwise/schema, `validate: false`" },
  { name: "floor", title: "floor: `node:http`, constant body, `JSON.parse`" },
  { name: "floor-least", title: "least floor: with core's own shortcuts" },
  { name: "aws-lite", title: "@aws-lite/dynamodb" },
  { name: "document-client", title: "DocumentClient" },
  { name: "document-client-logger", title: "DocumentClient, `logger: {}`" },
  { name: "electrodb", title: "ElectroDB" },
  { name: "dynamodb-toolbox", title: "DynamoDB-Toolbox" },
];

export const pieceMakers: readonly Entry[] = [
  { name: "fieldwise-core", title: "@fieldwise/core" },
  { name: "fieldwise-schema", title: "@fieldwise/schema" },
  { name: "aws-sdk", title: "AWS SDK" },
  { name: "aws-lite", title: "aws4 (of aws-lite)" },
  { name: "electrodb", title: "ElectroDB" },
  { name: "dynamodb-toolbox", title: "DynamoDB-Toolbox" },
];
