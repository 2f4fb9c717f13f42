import { sql, type Kysely, type Transaction } from 'kysely';
import { fingerprint } from '../../fingerprint.js';
import type { Met, Share, SharedLimit } from '../../models/shared-limiter.js';
import { nextLimit, splitLimit, type FoundLimit } from '../../models/split-limit.js';
import type { Tables } from '../kysely/schema.js';

/** Whoever was not seen for so long has no share: ten beats. */
const LAPSE = sql`interval '10 seconds'`;
/** What was found out so long ago says nothing of today. */
const STALE = sql`interval '10 minutes'`;

/**
 * The limit of a model server, in a row that all look at: one at a time, and by the server's clock.
 * @param sharer who takes part: one name for each limiter
 */
export function sharedLimitOn(db: Kysely<Tables>, server: string, sharer: string): SharedLimit {
  // An address may hold a password.
  const key = fingerprint({ server });
  return {
    look: (met) => db.transaction().execute((transaction) => look(transaction, key, sharer, met)),
    leave: async () => {
      await db
        .deleteFrom('limit_shares')
        .where('server', '=', key)
        .where('sharer', '=', sharer)
        .execute();
    },
  };
}

async function look(
  transaction: Transaction<Tables>,
  server: string,
  sharer: string,
  met: Met,
): Promise<Share> {
  const before = await takeLimit(transaction, server);
  const sharers = await takePart(transaction, server, sharer, met.concurrency);
  const ceiling = sharers.reduce((sum, { concurrency }) => sum + concurrency, 0);
  const found = nextLimit(before, met, ceiling);
  await transaction
    .updateTable('model_limits')
    .set({ found: found.limit, epoch: found.epoch, looked_at: sql`clock_timestamp()` })
    .where('server', '=', server)
    .execute();
  const limits = splitLimit(
    found.limit ?? ceiling,
    sharers.map(({ concurrency }) => concurrency),
  );
  const limit = limits[sharers.findIndex((each) => each.sharer === sharer)] ?? 1;
  return { limit, epoch: found.epoch };
}

/** Holds the row until the end of the transaction. */
async function takeLimit(transaction: Transaction<Tables>, server: string): Promise<FoundLimit> {
  await transaction
    .insertInto('model_limits')
    .values({ server, found: null, epoch: 0, looked_at: sql`clock_timestamp()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return transaction
    .selectFrom('model_limits')
    .select([
      sql<number | null>`case when looked_at > clock_timestamp() - ${STALE} then found end`.as(
        'limit',
      ),
      'epoch',
    ])
    .where('server', '=', server)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** @returns all who take part, always in the same order */
async function takePart(
  transaction: Transaction<Tables>,
  server: string,
  sharer: string,
  concurrency: number,
) {
  const seen = { concurrency, seen_at: sql<Date>`clock_timestamp()` };
  await transaction
    .insertInto('limit_shares')
    .values({ server, sharer, ...seen })
    .onConflict((conflict) => conflict.columns(['server', 'sharer']).doUpdateSet(seen))
    .execute();
  await transaction
    .deleteFrom('limit_shares')
    .where('server', '=', server)
    .where(sql<boolean>`seen_at < clock_timestamp() - ${LAPSE}`)
    .execute();
  return transaction
    .selectFrom('limit_shares')
    .select(['sharer', 'concurrency'])
    .where('server', '=', server)
    .orderBy('sharer')
    .execute();
}
