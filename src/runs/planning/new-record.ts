import type { Clock } from '../../determinism.js';
import { packageVersion } from '../../package-version.js';
import type { RunRecord } from '../../store/run-record.js';
import type { Library } from '../library.js';

type Given = Pick<RunRecord, 'id' | 'agents' | 'maxTurns' | 'planned'> & Partial<RunRecord>;

/** The record of a run that begins now with this library; what is not given keeps nothing apart. */
export function newRecord(given: Given, { taxonomy, scenarios }: Library, clock: Clock): RunRecord {
  return {
    createdAt: clock().toISOString(),
    packageVersion: packageVersion(),
    seed: 0,
    repeats: 1,
    hazards: [],
    domains: [],
    scenarios: [],
    personas: [],
    patient: 'offline',
    agentPrompt: null,
    tokenBudget: null,
    costBudget: null,
    prices: null,
    judges: ['deterministic'],
    second: null,
    policy: null,
    prompts: [],
    taxonomy: { version: taxonomy.version, fingerprint: taxonomy.fingerprint },
    scenarioLibrary: { fingerprint: scenarios.fingerprint },
    ...given,
  };
}
