import { orderKey, tableName } from "../data/names.ts";
import { orderOf, wireOrder } from "../data/orders.ts";
import { createAnswers } from "../stub-server/answers.ts";

/** The text of a page of about 1 MB. */
export const pageText: string = bodyOf("Query");
/** An order's attribute values. */
export const wireItem = wireOrder(orderOf(0));
/** The body of a GetItem. */
export const getBody: string = JSON.stringify({
  TableName: tableName,
  Key: { customerId: { S: orderKey.customerId }, orderId: { S: orderKey.orderId } },
});
export const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
export const host = "dynamodb.eu-west-1.amazonaws.com";

function bodyOf(operation: string): string {
  const answer = createAnswers()(operation, "");
  if (answer === undefined) throw new Error(`No answer to ${operation}`);
  return answer.body.toString();
}
