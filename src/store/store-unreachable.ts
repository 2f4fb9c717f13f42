import { MatrixError } from '../errors.js';

/** The server of a store cannot be reached, or ended a connection: what was under way may or may not be kept. */
export class StoreUnreachable extends MatrixError {}

/** The server is there, and what is wanted is locked by another. */
export class StoreBusy extends StoreUnreachable {}
