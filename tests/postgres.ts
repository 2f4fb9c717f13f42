import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';

const USER = 'matrix';
/** Long enough to be hidden wherever it would be shown. */
export const PASSWORD = 'planted pass/word@1';

/** A PostgreSQL server of a test file's own. */
export interface Cluster {
  /** The address of a new, empty database, with user and password. */
  newDatabase(): Promise<string>;
  /** What a person with all rights says to a database. */
  say(url: string, sql: string): Promise<unknown[]>;
  start(): void;
  /** `immediate` is a crash: nothing is finished, and what was promised is recovered at the start. */
  stop(mode: 'fast' | 'immediate'): void;
}

/** Debian keeps those of each version apart from the path. */
function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return [
    process.env.MATRIX_SIM_POSTGRES_BIN,
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => `${debian}/${version}/bin`),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ].find((folder) => folder && existsSync(path.join(folder, 'initdb')));
}

/** Describes what needs a server, and gives it one; where no PostgreSQL is installed it is skipped. */
export function describeWithPostgres(name: string, define: (cluster: Cluster) => void): void {
  const binaries = findBinaries();
  if (binaries === undefined) {
    describe.skip(name, () => {
      it.skip(
        'needs PostgreSQL: apt-get install postgresql, or name its folder of programs in MATRIX_SIM_POSTGRES_BIN',
      );
    });
    return;
  }
  describe(name, () => {
    let cluster: Awaited<ReturnType<typeof makeCluster>>;
    const made = () => cluster;
    beforeAll(async () => {
      cluster = await makeCluster(binaries);
    });
    afterAll(() => cluster.stop('immediate'));
    define({
      newDatabase: () => made().newDatabase(),
      say: (url, sql) => made().say(url, sql),
      start: () => made().start(),
      stop: (mode) => made().stop(mode),
    });
  });
}

async function makeCluster(binaries: string): Promise<Cluster> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pg-'));
  const owner = serverUser();
  const run = (program: string, args: readonly string[]) =>
    execFileSync(path.join(binaries, program), args, { ...owner, cwd: folder, stdio: 'ignore' });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const [data, words] = [path.join(folder, 'data'), path.join(folder, 'words')];
  writeFileSync(words, PASSWORD);
  chmodSync(words, 0o644);
  // Of another locale than bytes, so that an order by it would be seen.
  const locale = [
    '--locale-provider=icu',
    '--icu-locale=en',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  run('initdb', ['-D', data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${words}`, ...locale]);
  const port = await freePort();
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const start = () =>
    run('pg_ctl', ['-D', data, '-w', '-o', settings, '-l', `${folder}/log`, 'start']);
  start();
  const urlOf = (database: string) =>
    `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  let made = 0;
  return {
    start,
    say,
    stop: (mode) => run('pg_ctl', ['-D', data, '-w', '-m', mode, 'stop']),
    newDatabase: async () => {
      const name = `runs_${(made += 1)}`;
      await say(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
  };
}

async function say(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The server does not run as root; its package makes a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (which: string) =>
    Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
