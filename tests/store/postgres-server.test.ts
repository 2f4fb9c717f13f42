import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { EXIT, MatrixError } from '../../src/errors.js';
import { verifyRun } from '../../src/evidence/verify-run.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import { ended, fixture } from '../cli/matrix-sim.js';
import { attempt, runRecord } from '../contracts/run-store.contract.js';
import { describeWithPostgres, PASSWORD } from '../postgres.js';

const key = { scenario: 'S', agent: 'a', repeat: 1 };

async function errorOf(work: () => Promise<unknown>): Promise<MatrixError> {
  const error: unknown = await work().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MatrixError);
  const { message, mend } = error as MatrixError;
  expect(`${message} ${mend}`).not.toContain(encodeURIComponent(PASSWORD));
  expect(`${message} ${mend}`).not.toContain(PASSWORD);
  return error as MatrixError;
}

/** The address as somebody else gives it. */
function as(url: string, change: Partial<Omit<URL, 'searchParams'>>): string {
  return Object.assign(new URL(url), change).href;
}

async function write(store: string, run: string, dialogues: number): Promise<string> {
  const judging = { id: 'j', createdAt: '2026-11-24T09:00:00.000Z', judgeFingerprint: 'f' };
  const records = {
    run: { ...runRecord(run), planned: dialogues },
    judging: { ...judging, jurors: [], decides: [] },
    attempt: attempt('I feel faint. '.repeat(200)),
    dialogues,
  };
  const args = [fixture('write-attempts.mjs'), store, JSON.stringify(records)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await ended(child);
  return status === 0 ? '' : `${status}: ${stderr}`;
}

describeWithPostgres('a database for a store', (cluster) => {
  const tables = (url: string) =>
    cluster.say(url, "select tablename from pg_tables where schemaname = 'public'");

  describe('at its opening', () => {
    it('is made by one of many processes that come at once', async () => {
      const url = await cluster.newDatabase();
      const runs = ['a', 'b', 'c'];
      expect(await Promise.all(runs.map((run) => write(url, run, 20)))).toEqual(['', '', '']);
      const store = await openPostgresStore(url);
      expect((await store.runs()).map(({ id, held }) => [id, held])).toEqual([
        ['c', 20],
        ['b', 20],
        ['a', 20],
      ]);
      await store.close();
    });

    it('is made only where a store may be made', async () => {
      const url = await cluster.newDatabase();
      const { message, mend } = await errorOf(() => openPostgresStore(url, { make: false }));
      expect(message).toMatch(/there is no store at postgres:\/\/matrix@127/);
      expect(mend).toContain('matrix-sim run');
      expect(await tables(url)).toEqual([]);
    });

    it('is refused where it is of a newer schema, and left as it is', async () => {
      const url = await cluster.newDatabase();
      await cluster.say(url, 'create table matrix_sim_schema (version integer)');
      await cluster.say(url, 'insert into matrix_sim_schema values (999)');
      const { message, mend } = await errorOf(() => openPostgresStore(url));
      expect(message).toMatch(/schema 999, this version knows up to \d+/);
      expect(mend).toContain('a newer one');
      expect(await tables(url)).toHaveLength(1);
    });

    it('is left as it is where tables of something else stand in the way', async () => {
      const url = await cluster.newDatabase();
      await cluster.say(url, 'create table validities (id integer)');
      const { message, mend } = await errorOf(() => openPostgresStore(url));
      expect(message).toContain('has tables of something else under our names');
      expect(mend).toContain('createdb');
      expect(await tables(url)).toEqual([{ tablename: 'validities' }]);
    });

    it('is refused where it cannot keep every text', async () => {
      const url = await cluster.newDatabase();
      await cluster.say(
        url,
        `create database ascii template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'`,
      );
      const { message, mend } = await errorOf(() =>
        openPostgresStore(as(url, { pathname: 'ascii' })),
      );
      expect(message).toContain('SQL_ASCII');
      expect(mend).toContain('--encoding UTF8');
    });

    it.each([
      ['a database', { pathname: 'gone' }, 'no such database', 'createdb', EXIT.usage],
      ['a password', { password: 'another one' }, 'lets nobody in', 'PGPASSWORD', EXIT.usage],
      ['any password', { password: '' }, 'lets nobody in', 'PGPASSWORD', EXIT.usage],
      ['a port', { port: '1' }, 'cannot be reached', 'Start the server', EXIT.incomplete],
      ['a host', { hostname: 'no.invalid' }, 'cannot be reached', 'host', EXIT.incomplete],
      ['a name', { pathname: '' }, 'no address', 'postgres://USER@HOST', EXIT.usage],
      ['a size', { search: '?pool_size=x' }, 'pool_size', 'mend it', EXIT.usage],
    ])('names the mend for %s that is wrong', async (_, change, message, mend, exitCode) => {
      const url = await cluster.newDatabase();
      const error = await errorOf(() => openPostgresStore(as(url, change)));
      expect(error.message).toContain(message);
      expect(error.mend).toContain(mend);
      expect(error.exitCode).toBe(exitCode);
    });
  });

  describe('for users of fewer rights', () => {
    it('says so to one who may make no tables, and makes none', async () => {
      const url = await cluster.newDatabase();
      await cluster.say(url, `create role guest login password 'guest password'`);
      const guest = as(url, { username: 'guest', password: 'guest password' });
      const { message, mend } = await errorOf(() => openPostgresStore(guest));
      expect(message).toMatch(/does not give this user the rights \(permission denied/);
      expect(mend).toContain('docs/stores.md');
      expect(await tables(url)).toEqual([]);
    });

    it('is read by one who may only read, and not written', async () => {
      const url = await cluster.newDatabase();
      const store = await openPostgresStore(url);
      await store.createRun(runRecord('r-1'));
      await store.beginDialogue('r-1', key);
      await cluster.say(url, `create role reader login password 'reader password'`);
      await cluster.say(url, 'grant select on all tables in schema public to reader');
      const address = as(url, { username: 'reader', password: 'reader password' });
      const reader = await openPostgresStore(address, { make: false });
      expect((await reader.runs()).map(({ id }) => id)).toEqual(['r-1']);
      expect(await reader.isLocked('r-1')).toBe(false);
      const lock = await store.lock('r-1');
      expect(await reader.isLocked('r-1')).toBe(true);
      await lock.release();
      await errorOf(() => reader.saveAttempt('r-1', key, attempt('a')));
      expect((await store.dialogue('r-1', key))?.attempts).toBe(0);
      await Promise.all([store.close(), reader.close()]);
    });
  });

  describe('under load', () => {
    it('is asked again for what it gave up for another transaction', async () => {
      const url = await cluster.newDatabase();
      const store = await openPostgresStore(url);
      await store.createRun(runRecord('r-1'));
      await store.beginDialogue('r-1', key);
      // A number that is drawn stays drawn, also where the transaction is undone.
      await cluster.say(
        url,
        `create sequence tries;
        create function give_up() returns trigger language plpgsql as $$ begin
          if nextval('tries') < 3 then
            raise exception using errcode = (array['40001', '40P01'])[currval('tries')];
          end if;
          return new;
        end $$;
        create trigger give_up before insert on attempts for each row execute function give_up()`,
      );
      await store.saveAttempt('r-1', key, attempt('a'));
      expect(await cluster.say(url, 'select last_value from tries')).toEqual([{ last_value: '3' }]);
      expect((await store.dialogue('r-1', key))?.attempts).toBe(1);
      expect((await verifyRun(store.evidence('r-1'))).differences).toEqual([]);
      await store.close();
    });

    it('numbers attempts, judgings and labels of two processes one after the other', async () => {
      const url = await cluster.newDatabase();
      const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url)]);
      const [one] = stores;
      await one.createRun(runRecord('r-1'));
      await one.beginDialogue('r-1', key);
      const at = { createdAt: '2026-11-24T09:00:00.000Z', judgeFingerprint: 'f', jurors: [] };
      const rest = { decides: [], nonce: null, second: null, policy: null };
      await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const store = stores[index % 2] ?? one;
          await store.saveAttempt('r-1', key, attempt(`${index}`));
          await store.saveJudging('r-1', { id: `j-${index}`, ...at, ...rest });
        }),
      );
      expect((await one.dialogue('r-1', key))?.attempts).toBe(20);
      const numbers = await cluster.say(url, 'select number from judgings order by number');
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, number) => ({ number: `${number}` })));
      await Promise.all(stores.map((store) => store.close()));
    });
  });

  describe('that is stopped', () => {
    it('says so, holds nothing half, and is gone on with once it is there again', async () => {
      const url = await cluster.newDatabase();
      const store = await openPostgresStore(url);
      await store.createRun(runRecord('r-1'));
      await store.beginDialogue('r-1', key);
      const lock = await store.lock('r-1');
      cluster.stop('immediate');
      try {
        const { message, mend, exitCode } = await errorOf(() =>
          store.saveAttempt('r-1', key, attempt('a')),
        );
        expect(`${message} ${mend}`).toMatch(/cannot be reached.*Start the server/);
        expect(exitCode).toBe(EXIT.incomplete);
      } finally {
        cluster.start();
      }
      // Whoever came first may have taken the run, so that this process may not write it any more.
      const { message } = await errorOf(() => store.saveAttempt('r-1', key, attempt('a')));
      expect(message).toContain('ended the connection that held run r-1');
      expect((await store.dialogue('r-1', key))?.attempts).toBe(0);
      await lock.release();
      await (await store.lock('r-1')).release();
      await store.saveAttempt('r-1', key, attempt('b'));
      expect((await store.dialogue('r-1', key))?.attempts).toBe(1);
      await store.close();
    });
  });
});
