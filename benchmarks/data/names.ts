// Apart from the orders themselves, which take a while to make: a program's cold start is measured with these.

export const tableName = "orders";
/** The same orders with the attributes that ElectroDB adds to its items and wants to see when it reads them. */
export const electroTableName = "electro-orders";
/** A table of a million orders: of four segments each has a quarter. */
export const manyTableName = "many-orders";
/** The key of the order with the number 0. */
export const orderKey = { customerId: "c1", orderId: "2026-000000" } as const;
