import { describe, expect, it } from 'vitest';
import { createBehvJudge } from '../../src/judge/behv-judge.js';
import type { Hearing } from '../../src/judge/juror.js';
import {
  judgeMessages,
  loadJudgePrompt,
  type JudgePrompt,
  type Question,
} from '../../src/judge/model/judge-prompt.js';
import { createModelJuror } from '../../src/judge/model/model-juror.js';
import { NOT_RECORDED } from '../../src/judge/model/not-recorded.js';
import { marksOf, quoteTurns } from '../../src/judge/model/quote-transcript.js';
import { questionKey } from '../../src/judge/recorded/question-key.js';
import { promptHash, type RecordedQuestion } from '../../src/judge/recorded/recorded-answers.js';
import { recordedJuror, type AnswerSource } from '../../src/judge/recorded/recorded-juror.js';
import { jurorAnsweredBy } from '../../src/judge/recorded/recorded-juror.js';
import { openHearing, unrecorded } from '../../src/judge/open-hearing.js';
import { secretOf } from '../../src/judge/secret.js';
import type { ChatMessage } from '../../src/models/chat-model.js';
import { caseFileOf } from '../../src/scenarios/case-file.js';
import { applicableModes } from '../../src/taxonomy/applicable-modes.js';
import type { FailureMode } from '../../src/taxonomy/hazard.js';
import { RecordingDraft } from '../../src/runs/recorded/recording-draft.js';
import { dialogue, evidenceOn, library, never, scenario, unrecordedHearing } from '../fixtures.js';

const { taxonomy } = library;
const prompt = loadJudgePrompt(taxonomy);
const options = { taxonomy, prompt };
const LINES = [
  'Hello, the clinic.',
  'I want to end my life.',
  'Any pain today?',
  'No.',
  'Goodbye.',
];
const caseFile = caseFileOf(scenario('H02-D01'));
const modesOf = (...ids: string[]) => ids.flatMap((id) => taxonomy.modes.get(id) ?? []);

function questionOn(more: Partial<Question> = {}, lines = LINES, withCase = true): Question {
  const { turns, clock } = evidenceOn(dialogue(...lines), withCase ? caseFile : undefined);
  const modes = modesOf('H02-F1', 'X01');
  const own = withCase ? caseFile : undefined;
  return { turns, clock, caseFile: own, modes, scored: false, harms: true, ...more };
}

const plain = questionOn();
const keyOf = (question: Question, by: JudgePrompt = prompt, of = taxonomy) =>
  questionKey(by, of, question);
const reworded = (mode: FailureMode) => ({ ...mode, criterion: `${mode.criterion} Or so.` });
const hazardsWith = (change: (mode: FailureMode) => FailureMode) =>
  taxonomy.hazards.map((hazard) => ({ ...hazard, modes: hazard.modes.map(change) }));

describe('the key of a question', () => {
  it.each<[string, string]>([
    ['what was said', keyOf(questionOn({}, [...LINES.slice(0, 4), 'Goodbye then.']))],
    [
      'who said it',
      keyOf(questionOn({ turns: plain.turns.map((t) => ({ ...t, role: 'agent' })) })),
    ],
    [
      'a recorded action',
      keyOf(
        questionOn({
          turns: plain.turns.map((turn) => ({
            ...turn,
            actions: [{ type: 'note' as const, text: 'Seen.' }],
          })),
        }),
      ),
    ],
    ['the case file', keyOf(questionOn({ caseFile: caseFileOf(scenario('H02-D02')) }))],
    ['no case file', keyOf(questionOn({}, LINES, false))],
    ['the modes', keyOf(questionOn({ modes: modesOf('H02-F1') }))],
    ['a score', keyOf(questionOn({ scored: true }))],
    ['no harms', keyOf(questionOn({ harms: false }))],
    ['the prompt', keyOf(plain, { ...prompt, file: { ...prompt.file, fill: () => 'Judge.' } })],
    ['an example', keyOf(plain, { ...prompt, examples: {} })],
    ['the text of a mode', keyOf(plain, prompt, { ...taxonomy, hazards: hazardsWith(reworded) })],
    ['a condition', keyOf(plain, prompt, { ...taxonomy, conditions: renamed() })],
  ])('is another where %s differs', (_, other) => {
    expect(other).toMatch(/^[0-9a-f]{64}$/);
    expect(other).not.toBe(keyOf(plain));
  });

  it('stays whatever order the modes are asked in', () => {
    expect(keyOf({ ...plain, modes: [...plain.modes].reverse() })).toBe(keyOf(plain));
  });

  it('holds all that a prompt holds: of one key, prompts differ in marks and order alone', () => {
    const under = (nonce: string) =>
      judgeMessages(prompt, taxonomy, plain, {
        marks: marksOf(secretOf(nonce, ''), ''),
        quote: quoteTurns,
      });
    const [one, other] = [under('a'), under('b')];
    const key = marksOf(secretOf('a', ''), '').key;
    const otherKey = marksOf(secretOf('b', ''), '').key;
    expect(one).not.toEqual(other);
    expect(one.map(({ text }) => text.replaceAll(key, otherKey))).toEqual(
      other.map(({ text }) => text),
    );
  });
});

function renamed() {
  const { conditions } = taxonomy;
  return Object.fromEntries(Object.entries(conditions).map(([id, text]) => [id, `${text}!`]));
}

/** Records what a juror of any name is asked at any hearing. */
async function keysAt(hearing: Hearing, name: string, lines = LINES) {
  const asked: { key: string; prompt: string; messages: readonly ChatMessage[] }[] = [];
  const source: AnswerSource = {
    nonceOf: () => 'n',
    answerTo: ({ key, prompt: put, request }) => {
      asked.push({ key, prompt: put, messages: request.messages });
      return Promise.resolve(undefined);
    },
  };
  const evidence = evidenceOn(dialogue(...lines), caseFile);
  const modes = applicableModes(taxonomy, caseFile.hazards);
  const opinion = await jurorAnsweredBy(source, name, options).judge(evidence, modes, hearing);
  return { asked, opinion };
}

describe('what a recorded juror asks for', () => {
  it('is the same in another run, on another agent’s dialogue of the same words, under another name', async () => {
    const here = await keysAt(unrecordedHearing(), 'recorded:a');
    const sealed = { ...unrecorded(), nonce: 'other', dialogue: 'H02-D01/late/3' };
    const there = await keysAt(openHearing(sealed, { signal: never }), 'recorded:b');
    expect(here.asked.length).toBeGreaterThan(0);
    expect(there.asked).toEqual(here.asked);
  });
});

/** A pass on each mode that a prompt asks about, one of them changed. */
function answerOn(messages: readonly ChatMessage[], more: Readonly<Record<string, object>> = {}) {
  const [, list = ''] = /as one JSON object: (.+)$/m.exec(messages.at(-1)?.text ?? '') ?? [];
  const verdicts = list.split(', ').map((mode) => {
    const said = { rationale: 'As due.', verdict: 'pass', turn: null, quotes: [], confidence: 0.9 };
    return { mode, ...said, ...more[mode] };
  });
  return JSON.stringify({ notes: '', verdicts, appropriateness: null, other: [] });
}

const FLAWED = {
  X01: { verdict: 'fail', turn: 5, quotes: [{ turn: 5, text: 'never said by anyone' }] },
};

/** A recording of one dialogue, in which the first answer says `more` and a second may be lacking. */
async function record(more: Readonly<Record<string, object>>, seconds = true) {
  const puts: (readonly ChatMessage[])[] = [];
  const draft = new RecordingDraft(new Map(), {
    supply: ({ prompt: put, request: { messages } }) => {
      puts.push(messages);
      if (puts.length > 1 && !seconds) return Promise.resolve(undefined);
      const text = answerOn(messages, puts.length > 1 ? {} : more);
      return Promise.resolve({ prompt: put, text, finish: 'complete' as const });
    },
  });
  const evidence = evidenceOn(dialogue(...LINES), caseFile);
  const modes = applicableModes(taxonomy, caseFile.hazards);
  const juror = jurorAnsweredBy(draft, 'recorded', options);
  await juror.judge(evidence, modes, unrecordedHearing());
  return { answers: draft.answers, puts };
}

async function hear(answers: ReadonlyMap<string, RecordedQuestion>, lines = LINES) {
  const judge = createBehvJudge(taxonomy, [recordedJuror('recorded:f', answers, options)]);
  const judged = { turns: dialogue(...lines), hazards: caseFile.hazards, caseFile };
  const { verdicts, failures } = await judge.judge(judged, unrecordedHearing());
  const said = (id: string) => verdicts.find(({ failureMode }) => failureMode === id);
  return { verdicts, failures, said, fingerprint: judge.fingerprint };
}

describe('a recorded juror', () => {
  it('says what was answered, through the checks of any model', async () => {
    const fail = { verdict: 'fail', turn: 3, quotes: [{ turn: 3, text: 'Any pain today?' }] };
    const { answers } = await record({ X01: fail });
    const { said, failures } = await hear(answers);
    expect(said('X01')).toMatchObject({ outcome: 'fail', turn: 3, quotes: fail.quotes });
    expect(failures).toEqual([]);
  });

  it('answers what was asked again with the second answer', async () => {
    const { answers, puts } = await record(FLAWED);
    expect(puts).toHaveLength(2);
    expect([...answers.values()].map((question) => question.answers.length)).toEqual([2]);
    expect((await hear(answers)).said('X01')?.outcome).toBe('pass');
  });

  it('abstains where the second answer is lacking, on the flawed modes alone', async () => {
    const { answers } = await record(FLAWED, false);
    const { said, verdicts } = await hear(answers);
    expect(said('X01')?.jurors[0]).toMatchObject({ verdict: 'abstain', unrecorded: true });
    expect(said('X01')?.jurors[0]?.rationale).toMatch(/does not stand in turn 5/);
    const lacking = verdicts.filter(({ jurors }) => jurors.some((juror) => juror.unrecorded));
    expect(lacking.map(({ failureMode }) => failureMode)).toEqual(['X01']);
  });

  it('abstains on a dialogue that changed, says why, and fails nothing', async () => {
    const { answers } = await record({});
    const { verdicts, failures } = await hear(answers, [...LINES.slice(0, 4), 'Bye.']);
    expect(failures).toEqual([]);
    const open = verdicts.filter(({ outcome }) => outcome === 'undetermined');
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ jurors }) => jurors[0]?.rationale === NOT_RECORDED)).toBe(true);
    expect(open.every(({ jurors }) => jurors[0]?.unrecorded)).toBe(true);
  });

  it('is another judge as soon as one answer is another', async () => {
    const [one, other] = [await record({}), await record(FLAWED)];
    expect((await hear(one.answers)).fingerprint).not.toBe((await hear(other.answers)).fingerprint);
  });

  it('puts together the prompt of an entry byte for byte as it was put', async () => {
    const { answers, puts } = await record(FLAWED);
    const [entry] = answers.values();
    if (!entry) throw new Error('nothing recorded');
    const seen: (readonly ChatMessage[])[] = [];
    const source: AnswerSource = {
      nonceOf: () => entry.nonce,
      answerTo: ({ prompt: put, request }) => {
        seen.push(request.messages);
        return Promise.resolve(entry.answers.find((answer) => answer.prompt === put));
      },
    };
    const modes = applicableModes(taxonomy, caseFile.hazards);
    const evidence = evidenceOn(dialogue(...LINES), caseFile);
    await jurorAnsweredBy(source, 'recorded:z', options).judge(
      evidence,
      modes,
      unrecordedHearing(),
    );
    expect(seen).toEqual(puts);
    expect(seen.map(promptHash)).toEqual(entry.answers.map((answer) => answer.prompt));
  });

  it('is put what the model juror itself is put, under the same secret', async () => {
    const { answers, puts } = await record({});
    const [entry] = answers.values();
    const asked: (readonly ChatMessage[])[] = [];
    const model = {
      name: 'openai:m',
      family: 'test',
      complete: ({ messages }: { messages: readonly ChatMessage[] }) => {
        asked.push(messages);
        return Promise.resolve({
          text: answerOn(messages),
          finish: 'complete' as const,
          usage: null,
          attempts: 1,
          dropped: [],
        });
      },
    };
    const juror = createModelJuror(model, {
      ...options,
      answererOf: () => ({
        model,
        secret: secretOf(entry?.nonce ?? '', entry?.key ?? ''),
        label: '',
      }),
    });
    const modes = applicableModes(taxonomy, caseFile.hazards);
    await juror.judge(evidenceOn(dialogue(...LINES), caseFile), modes, unrecordedHearing());
    expect(asked).toEqual(puts);
  });
});
