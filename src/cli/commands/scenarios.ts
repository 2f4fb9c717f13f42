import { Command } from 'commander';
import { openEar } from '../../agents/patbot/ear/open-ear.js';
import { loadPhrases } from '../../agents/patbot/phrases.js';
import { UNRECORDED } from '../../calls/call-recorder.js';
import { EXIT, MatrixError } from '../../errors.js';
import { measureRealism } from '../../report/realism.js';
import { DRAFT_NOTICE } from '../../report/render-head.js';
import { renderEar } from '../../report/render-ear.js';
import { renderScenario } from '../../report/render-scenario.js';
import { listedScenario, renderScenarioList } from '../../report/render-scenario-list.js';
import { textTable } from '../../report/text-table.js';
import { checkLibrary } from '../../scenarios/check-library.js';
import { keepScenarios } from '../../scenarios/keep-scenarios.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { closestPairs } from '../../scenarios/similarity.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { earTable, measureEar } from '../../validity/ear/measure-ear.js';
import { DEV_PROBES, readProbes } from '../../validity/ear/probe.js';
import { createLogger } from '../../logger.js';
import { planSchema } from '../../plan/plan.js';
import { validate } from '../../read-file.js';
import { openRunModels } from '../../runs/holding/run-models.js';
import { interruptible } from '../interruptible.js';
import { amount, collect, whole } from '../option-values.js';
import { print, printJson } from '../output.js';
import { findRun, STORE_OPTION, withStore } from '../store-option.js';
import { printFindings } from '../print-findings.js';

interface ScenarioFlags {
  readonly taxonomy?: string;
  readonly scenarioLibrary?: string;
  readonly json?: boolean;
}

export function scenariosCommand(): Command {
  const command = new Command('scenarios').description('The scenarios that a run can simulate.');
  const sub = (name: string, text: string) =>
    command
      .command(name)
      .description(text)
      .option('--scenario-library <folder>', 'scenarios of your own')
      .option('--taxonomy <folder>', 'a taxonomy of your own')
      .option('--json', 'print as JSON');
  sub('list', 'all scenarios, with hazard and clinic')
    .option('--hazard <id>', 'keep this hazard (repeatable)', collect, [])
    .option('--domain <id>', 'keep this clinic (repeatable)', collect, [])
    .action(list);
  sub('show', 'one scenario, whole').argument('<id>', 'as H01-D03').action(show);
  sub('check', 'check every file and show all findings')
    .option('--closest <n>', 'also list the pairs that are most alike', whole)
    .action(check);
  sub('realism', 'how like people the patients of a run spoke')
    .argument('<run>', 'id of the run')
    .option(...STORE_OPTION)
    .action(realism);
  sub('ear', 'whether the patient answers what it is asked: puts probes to it')
    .option('--probes <file>', 'JSONL with one probe a line', DEV_PROBES)
    .option('--ear <spec>', 'offline (by rules), openai:MODEL or file:ANSWERS.jsonl', 'offline')
    .option('--concurrency <n>', 'probes put at one time', whole)
    .option('--turn-timeout <s>', 'seconds for a model to answer', amount)
    .action(ear);
  return command.addHelpText(
    'after',
    '\nExamples:\n  matrix-sim scenarios list --hazard H01 --domain D01\n  matrix-sim scenarios show H01-D01\n  matrix-sim scenarios check --scenario-library my-scenarios\n  matrix-sim scenarios ear --probes my-probes.jsonl',
  );
}

function load(flags: ScenarioFlags) {
  return loadScenarios(loadTaxonomy(flags.taxonomy), flags.scenarioLibrary);
}

interface ListFlags extends ScenarioFlags {
  readonly hazard: readonly string[];
  readonly domain: readonly string[];
}

function list(flags: ListFlags): void {
  const taxonomy = loadTaxonomy(flags.taxonomy);
  const { scenarios } = loadScenarios(taxonomy, flags.scenarioLibrary);
  const filter = { hazards: flags.hazard, domains: flags.domain, scenarios: [] };
  const kept = keepScenarios(scenarios, filter);
  if (flags.json) printJson(kept.map((scenario) => listedScenario(scenario, taxonomy)));
  else print([DRAFT_NOTICE, ...renderScenarioList(kept, taxonomy)]);
}

function show(id: string, flags: ScenarioFlags): void {
  const taxonomy = loadTaxonomy(flags.taxonomy);
  const { scenarios } = loadScenarios(taxonomy, flags.scenarioLibrary);
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (!scenario) {
    throw new MatrixError(`there is no scenario ${id}`, { mend: 'See: matrix-sim scenarios list' });
  }
  if (flags.json) printJson(scenario);
  else print([DRAFT_NOTICE, '', ...renderScenario(scenario, taxonomy)]);
}

async function realism(id: string, flags: ScenarioFlags & { store: string }): Promise<void> {
  const byId = new Map(load(flags).scenarios.map((scenario) => [scenario.id, scenario]));
  const metrics = await withStore(flags.store, async (store) => {
    await findRun(store, id);
    return measureRealism(store.dialogues(id), byId);
  });
  if (flags.json) return printJson(metrics);
  const rows = metrics.map(({ metric, value, reference }) => [
    metric,
    value ?? 'not measured',
    reference,
  ]);
  print(textTable([['metric', 'measured', 'reference or aim'], ...rows]));
}

interface EarFlags extends ScenarioFlags {
  readonly probes: string;
  readonly ear: string;
  readonly concurrency?: number;
  readonly turnTimeout?: number;
}

const EAR_INTERRUPTED = new MatrixError('interrupted before all probes were put', {
  mend: 'No answer is kept: begin it again.',
  exitCode: EXIT.interrupted,
});

async function ear(flags: EarFlags): Promise<void> {
  const { concurrency, turnTimeout } = flags;
  const plan = validate({ concurrency, turnTimeout }, 'command line', planSchema);
  const { models } = openRunModels(plan, createLogger(undefined));
  const byId = new Map(load(flags).scenarios.map((scenario) => [scenario.id, scenario]));
  const probes = readProbes(flags.probes, byId);
  const kind = await openEar(flags.ear, models);
  const scored = await interruptible(
    (interrupts) =>
      measureEar(probes, byId, {
        ear: kind,
        concurrency: plan.concurrency,
        phrases: loadPhrases(),
        calls: UNRECORDED,
        ...interrupts,
      }),
    { reason: EAR_INTERRUPTED },
  );
  const table = earTable(scored);
  if (flags.json) printJson({ table, probes: scored });
  else print(renderEar(table));
}

function check(flags: ScenarioFlags & { closest?: number }): void {
  printFindings('scenarios', flags.json ?? false, () => {
    const { scenarios } = load(flags);
    const [first, ...others] = checkLibrary(scenarios);
    if (first !== undefined) {
      throw new MatrixError(first, { mend: 'Mend that scenario.', findings: [first, ...others] });
    }
    for (const { a, b, similarity } of closestPairs(scenarios, flags.closest ?? 0)) {
      print(`${a}  ${b}  ${(similarity * 100).toFixed(1)} %`);
    }
    const negatives = scenarios.filter(({ hardNegative }) => hardNegative).length;
    return `${scenarios.length} scenarios, ${negatives} of them hard negatives, no findings`;
  });
}
