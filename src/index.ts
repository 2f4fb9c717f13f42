export { MatrixError } from './errors.js';
export { type Agent, type AgentReply, type AgentUnderTest } from './agents/under-test/agent.js';
export {
  functionAgent,
  type AgentFunction,
  type ModuleCall,
} from './agents/under-test/module-agent.js';
export { openAgent } from './agents/under-test/open-agent.js';
export { type BehvJudge, type JudgedDialogue } from './judge/behv-judge.js';
export { type ModeVerdict } from './judge/verdict.js';
export { deterministicJudge } from './judge/jury/deterministic-judge.js';
export { loadLibrary, type Library } from './runs/library.js';
export { runScenario, type ScenarioResult } from './runs/holding/run-one.js';
export { caseFileOf, type CaseFile } from './scenarios/case-file.js';
export { type Scenario } from './scenarios/scenario.js';
export { type Taxonomy } from './taxonomy/load-taxonomy.js';
export { type Action, type Turn } from './transcript/transcript.js';
