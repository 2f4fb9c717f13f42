import fc from 'fast-check';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readText, readYaml } from '../../src/read-file.js';
import { load as parse } from 'js-yaml';
import { coverPersonas, selectPersonas } from '../../src/agents/patbot/persona.js';
import { loadHttpAgent } from '../../src/agents/under-test/http-agent.js';
import { httpAgentSpecSchema } from '../../src/agents/under-test/http-agent-spec.js';
import { readHttpReply } from '../../src/agents/under-test/http-reply.js';
import { functionAgent } from '../../src/agents/under-test/module-agent.js';
import { nameAgents } from '../../src/agents/under-test/open-agent.js';
import { readMarkers } from '../../src/agents/under-test/read-markers.js';
import { clockOf } from '../../src/judge/clock/clock.js';
import { readGuardAnswer } from '../../src/judge/guard/read-guard-answer.js';
import { loadJuryFile } from '../../src/judge/jury/jury-file.js';
import { readAnswer } from '../../src/judge/model/read-answer.js';
import { readBreaches } from '../../src/judge/policy/read-breaches.js';
import { checkFile, SHIPPED_SETS } from '../../src/labelled/check-files.js';
import { checkLabelled } from '../../src/labelled/check-labelled.js';
import { importMapSchema } from '../../src/labelled/import-map.js';
import { importTranscripts } from '../../src/labelled/import-transcripts.js';
import { labelledDialogueSchema, readJsonLines } from '../../src/labelled/labelled-dialogue.js';
import { readRows } from '../../src/labelled/read-rows.js';
import { writeDialogues } from '../../src/labelled/write-dialogues.js';
import { ModelError } from '../../src/models/model-error.js';
import { loadPrompt } from '../../src/models/prompt-file.js';
import { printable } from '../../src/printable.js';
import { renderDialogue } from '../../src/report/render-transcript.js';
import { runScenario } from '../../src/runs/holding/run-one.js';
import { selectScenarios } from '../../src/runs/planning/plan-run.js';
import { planSchema } from '../../src/plan/plan.js';
import { readPlan } from '../../src/plan/read-plan.js';
import { DEFAULT_SCENARIOS, loadScenarios } from '../../src/scenarios/load-scenarios.js';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';
import { DEFAULT_TAXONOMY } from '../../src/taxonomy/taxonomy-folder.js';
import { numberTurns } from '../../src/transcript/transcript.js';
import { dialogue, judge, library, unrecordedHearing } from '../fixtures.js';
import { brokenStores, readStoreApart, type Flip } from './broken-store.js';
import { brokenData, brokenLines, brokenText, brokenYaml } from './broken.js';
import type { Boundary } from './trials.js';

const folder = mkdtempSync(path.join(tmpdir(), 'soak-'));
const { taxonomy, scenarios } = library;
const turns = dialogue('Hello, how are you?', 'I have chest pain.', 'That can wait. Goodbye.');

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A folder of links to files that are right, in which one can be put in another's place. */
function linkedFolder(name: string, from: string): (file: string, text: string) => string {
  const made = path.join(folder, name);
  mkdirSync(made);
  return (file, text) => {
    for (const each of readdirSync(made)) rmSync(path.join(made, each));
    for (const each of readdirSync(from)) {
      if (each.endsWith('.yaml') && each !== file) {
        symlinkSync(path.join(from, each), path.join(made, each));
      }
    }
    writeFileSync(path.join(made, file), text);
    return made;
  };
}

const PLAN = {
  agents: ['offline:careful', 'mine=module:./my-agent.mjs', 'http:bot.yaml'],
  hazards: ['H01'],
  personas: ['channel=noisy'],
  repeats: 2,
  maxTurns: 36,
  seed: 1,
  judges: ['deterministic'],
  tokenBudget: 1000,
};
const BOT = {
  url: 'http://127.0.0.1:8089/chat?key=planted',
  headers: { authorization: 'Bearer planted-in-the-file' },
  history: 'full',
  request: { list: '{{turns}}', more: [{ clinic: '{{clinic}}' }] },
  reply: { text: '$.reply.text', actions: '$.actions', end: "$['done']" },
  actions: { name: 'name', map: { ambulance: { type: 'escalate', act: 'EMERGENCY' } } },
};
const BOT_SPEC = httpAgentSpecSchema.parse(BOT);
const ANSWER_OF_BOT = { reply: { text: 'Hello.' }, actions: [{ name: 'ambulance' }], done: false };
const JURY = {
  members: ['deterministic', { judge: 'openai:gpt-5', weight: 2 }],
  second: 'openai:o',
};
const MAP = {
  id: 'id',
  hazard: 'hazard',
  values: { hazard: { chest: 'H01' } },
  transcript: { column: 'text', format: 'lines', agent: ['Bot'], patient: ['Caller'] },
};
const CSV = 'id,hazard,text\n1,chest,"Bot: Hello.\nCaller: My chest hurts."\n2,,"Bot: Bye."\n';
const ROWS = [{ id: '1', hazard: 'chest', text: 'Bot: Hello.\nCaller: Bye.' }];
const PROMPT = '---\nversion: 2.0.0\nnote: { a: [1] }\n---\nYou are {{clinic}}. Ask {{items}}.\n';
const VERDICT = {
  mode: 'H01-F1',
  rationale: 'It was put off.',
  verdict: 'fail',
  turn: 3,
  quotes: [{ turn: 3, text: 'That can wait. Goodbye.' }],
  confidence: 0.9,
};
const ANSWER = { verdicts: [VERDICT], appropriateness: 2, other: [] };
const REPLY = { text: 'How are you?', actions: [{ type: 'escalate', act: 'URGENT' }], end: true };
const LINES = readJsonLines(SHIPPED_SETS[0] ?? '', labelledDialogueSchema).slice(0, 3);

mkdirSync(path.join(folder, 'empty'));
const inTaxonomy = linkedFolder('taxonomy', DEFAULT_TAXONOMY);
const inScenarios = linkedFolder('scenarios', path.join(folder, 'empty'));

/** What stays unprinted of a rendering: nothing that a terminal would obey. */
function unprintable(lines: readonly string[]): string | undefined {
  const text = printable(lines.join('\n'));
  return /[\p{Cc}\p{Cf}]/u.test(text.replaceAll(/[\n\t]/g, '')) ? 'prints a control' : undefined;
}

async function imported(rows: string, map: string): Promise<string | undefined> {
  const out = path.join(folder, 'out.jsonl');
  rmSync(out, { force: true });
  const own = readYaml(written('map.yaml', map), importMapSchema);
  const file = written(rows.startsWith('{') ? 'rows.jsonl' : 'rows.csv', rows);
  writeDialogues(out, importTranscripts(readRows(file), own, file), false);
  const isWhole = existsSync(out) && readJsonLines(out, labelledDialogueSchema).length > 0;
  const isLeft = readdirSync(folder).some((name) => name.endsWith('.part'));
  return Promise.resolve(!isWhole || isLeft ? 'left a file that is not whole' : undefined);
}

/** Every way in, with what goes wrong on it; the shares come to a thousand. */
export const BOUNDARIES: readonly Boundary[] = [
  {
    name: 'plans',
    share: 100,
    sound: JSON.stringify(PLAN),
    inputs: brokenYaml(PLAN),
    take: async (text: string) => {
      const plan = planSchema.parse(readPlan(written('plan.yaml', text)));
      nameAgents(plan.agents);
      selectPersonas(coverPersonas(plan.seed), plan.personas);
      return Promise.resolve(selectScenarios(scenarios.scenarios, plan));
    },
  },
  {
    name: 'scenarios',
    share: 100,
    sound: readText(path.join(DEFAULT_SCENARIOS, 'H01-D01.yaml')),
    inputs: brokenYaml(parse(readText(path.join(DEFAULT_SCENARIOS, 'H01-D01.yaml')))),
    take: async (text: string) =>
      Promise.resolve(loadScenarios(taxonomy, inScenarios('H01-D01.yaml', text))),
  },
  {
    name: 'taxonomies',
    share: 30,
    sound: { file: 'H01.yaml', text: readText(path.join(DEFAULT_TAXONOMY, 'H01.yaml')) },
    inputs: fc.oneof(
      ...['taxonomy.yaml', 'H01.yaml', 'dcb0129.yaml'].map((file) =>
        brokenYaml(parse(readText(path.join(DEFAULT_TAXONOMY, file)))).map((text) => ({
          file,
          text,
        })),
      ),
    ),
    take: async ({ file, text }: { file: string; text: string }) =>
      Promise.resolve(loadTaxonomy(inTaxonomy(file, text))),
  },
  {
    name: 'personas',
    share: 30,
    sound: ['channel=noisy'],
    inputs: fc.array(brokenText('channel=noisy'), { maxLength: 3 }),
    take: async (choices: string[]) => Promise.resolve(selectPersonas(coverPersonas(1), choices)),
  },
  {
    name: 'transcripts (JSON Lines), judged',
    share: 100,
    sound: LINES.map((line) => JSON.stringify(line)).join('\n'),
    inputs: brokenLines(LINES),
    take: async (text: string) => {
      const file = written('set.jsonl', text);
      checkFile(file, (all) => checkLabelled(all, taxonomy, new Set()));
      for (const { turns } of readJsonLines(file, labelledDialogueSchema)) {
        await judge.judge({ turns, hazards: [], caseFile: undefined }, unrecordedHearing());
      }
    },
  },
  {
    name: 'CSV and JSON Lines to import',
    share: 100,
    sound: CSV,
    inputs: fc.oneof(brokenText(CSV), brokenLines(ROWS)),
    take: (rows: string) => imported(rows, JSON.stringify(MAP)),
  },
  {
    name: 'import maps',
    share: 80,
    sound: JSON.stringify(MAP),
    inputs: brokenYaml(MAP),
    take: (map: string) => imported(CSV, map),
  },
  {
    name: 'bot files',
    share: 80,
    sound: JSON.stringify(BOT),
    inputs: brokenYaml(BOT),
    take: async (text: string) =>
      Promise.resolve(loadHttpAgent(written('bot.yaml', text), { turnTimeout: 1 })),
  },
  {
    name: 'answers of bots',
    share: 60,
    sound: ANSWER_OF_BOT,
    inputs: brokenData(ANSWER_OF_BOT),
    take: async (answer: unknown) => {
      try {
        return await Promise.resolve(readHttpReply(answer, BOT_SPEC));
      } catch (error) {
        if (error instanceof ModelError) return undefined;
        throw error;
      }
    },
  },
  {
    name: 'jury files',
    share: 60,
    sound: JSON.stringify(JURY),
    inputs: brokenYaml(JURY),
    take: async (text: string) => Promise.resolve(loadJuryFile(written('jury.yaml', text))),
  },
  {
    name: 'prompts',
    share: 60,
    sound: PROMPT,
    inputs: brokenText(PROMPT),
    take: async (text: string) =>
      Promise.resolve(loadPrompt(written('prompt.md', text), ['clinic', 'items'])),
  },
  {
    name: 'answers of models that judge',
    share: 100,
    sound: JSON.stringify(ANSWER),
    inputs: fc.oneof(
      brokenText(JSON.stringify(ANSWER)),
      brokenData(ANSWER).map((answer) => JSON.stringify(answer)),
    ),
    take: async (text: string) => {
      const modes = [...taxonomy.modes.values()].slice(0, 5);
      const asked = {
        turns: numberTurns(turns),
        caseFile: undefined,
        clock: clockOf(numberTurns(turns), [], undefined),
        modes,
        scored: true,
        harms: true,
      };
      readAnswer(text, asked, 'secret');
      readBreaches(text, { policy: 'Never put off.', turns: asked.turns, forbidden: ['secret'] });
      readGuardAnswer(text, modes);
      return Promise.resolve(readMarkers(text));
    },
  },
  {
    name: 'replies of modules, in a dialogue',
    share: 80,
    sound: REPLY,
    inputs: fc.oneof(
      brokenData(REPLY),
      brokenText('How are you? [ESCALATE EMERGENCY 999] [NOTE x]').map((text) => ({ text })),
    ),
    take: async (reply: unknown) => {
      const agent = functionAgent(() => reply);
      const { attempt } = await runScenario('H01-D01', { agent, library, maxTurns: 12 });
      const key = { scenario: 'H01-D01', agent: 'a', repeat: 1 };
      const counts = { attempts: 1, invalid: 0, spoiled: 0, restarts: 0 };
      const stored = { ...key, ...counts, attempt, verdicts: undefined, judgement: undefined };
      return unprintable(renderDialogue('r', stored, taxonomy));
    },
  },
  {
    name: 'stores (bytes flipped)',
    share: 20,
    sound: [],
    inputs: brokenStores,
    take: async (flips: Flip[]) => Promise.resolve(readStoreApart(flips)),
  },
];
