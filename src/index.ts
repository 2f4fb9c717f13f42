// What others build on. Every export is documented where it stands; docs/library.md shows each at work.
export { MatrixError } from './errors.js';

export { loadLibrary, type Library } from './runs/library.js';
export { loadTaxonomy, type Taxonomy } from './taxonomy/load-taxonomy.js';
export { type Scenario } from './scenarios/scenario.js';
export { caseFileOf, type CaseFile } from './scenarios/case-file.js';
export { type Action, type Turn } from './transcript/transcript.js';

export { openAgent } from './agents/under-test/open-agent.js';
export {
  functionAgent,
  type AgentFunction,
  type ModuleCall,
} from './agents/under-test/module-agent.js';
export { type Agent, type AgentReply, type AgentUnderTest } from './agents/under-test/agent.js';
export { openPatientAlone as openPatient } from './agents/patbot/open-patient.js';
export { type PatientKind } from './agents/patbot/open-patient.js';

export { openJudge, type Judge, type JudgeOptions } from './runs/judging/open-judge.js';
export { type Judgement, type ModeVerdict } from './judge/verdict.js';
export { type Transcript } from './runs/judging/judged-transcript.js';

export { runScenario, type ScenarioOptions, type ScenarioResult } from './runs/holding/run-one.js';

export { type Plan, type PlanInput } from './plan/plan.js';
export { readPlan } from './plan/read-plan.js';
export { runPlan, type RanPlan, type RunPlanOptions } from './runs/run-plan.js';
export type { Observer } from './telemetry/observer.js';

export { openSqliteStore as openStore } from './store/sqlite/sqlite-store.js';
export { openPostgresStore } from './store/postgres/postgres-store.js';
export { type RunStore } from './store/run-store.js';
export {
  type Attempt,
  type DialogueKey,
  type Judging,
  type RunRecord,
  type StoredDialogue,
} from './store/run-record.js';
export { summariseStored } from './report/summarise-stored.js';
export { type RunSummary } from './report/summarise-run.js';
export { metGates } from './report/met-gates.js';
