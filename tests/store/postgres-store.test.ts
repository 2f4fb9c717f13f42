import { describe } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import { describeCallJournal } from '../contracts/call-journal.contract.js';
import { describeDialogueList } from '../contracts/dialogue-list.contract.js';
import { describeRunStore } from '../contracts/run-store.contract.js';
import { describeWithPostgres } from '../postgres.js';

describeWithPostgres('a store on a server', (cluster) => {
  const open = async () => openPostgresStore(await cluster.newDatabase());
  describe('keeps the contract', () => {
    describeRunStore('PostgreSQL', open);
    describeDialogueList('PostgreSQL', open);
    describeCallJournal('PostgreSQL', open);
  });
});
