/** One thing done without any server, over and over; a promise is waited for. */
export type Piece = () => unknown;

/**
 * `sign`: a GetItem. `encode`: an order to DynamoDB's JSON text. `decode`: an order's attribute values to a plain item.
 * `decodePage`: the text of a page to plain items. `expression`: an update with two actions and a condition.
 */
export type PieceTask = "sign" | "encode" | "decode" | "decodePage" | "expression";

export type Pieces = Partial<Record<PieceTask, Piece>>;

/** What a module for the pieces exports. */
export interface PiecesModule {
  readonly createPieces: () => Pieces;
}
