import type { Random } from '../../../determinism.js';
import type { Scenario, Wording } from '../../../scenarios/scenario.js';
import type { Turn } from '../../../transcript/transcript.js';
import type { AgentReply } from '../agent.js';
import type { CallLog, SpokenTurn } from './call-log.js';
import type { ItemOfTask } from './call-record.js';
import { outranks, type CaseNow } from './case-now.js';
import { changesHandling } from './faults.js';
import { PatientEar, type Heard } from './patient-ear.js';
import { agrees, asksBack, asksIfAutomated, quotable, tellingWords } from './patient-words.js';
import { planEnding, planHandling, ruleFor, type HandlingPlan } from './plan-handling.js';
import type { Fault, Rules, UtteranceBank } from './reference-data.js';
import { actionsOf, joinSaid, phrase, type Move } from './utter.js';

/** What the call is held with: the case, the drawn faults, words and rules. */
export interface CallSetting {
  readonly scenario: Scenario;
  readonly faults: readonly Fault[];
  readonly bank: UtteranceBank;
  readonly rules: Rules;
  readonly random: Random;
}

type Step = 'anything-else' | 'recap' | 'recap-rest';

/** Moves that answer what a caller feels or believes, whatever else is being done. */
const COURTEOUS =
  /^(?:accept|apologise|believe|decline|gentle-correction|name-feeling|say-automated|sympathy|thanks)/;

/** What is said, turn by turn, while the check has not passed: to the patient, or to somebody else. */
const PATIENT_UNCHECKED = [['identity-again'], ['identity-why'], ['ring-us-instead', 'close']];
const UNNAMED = [
  ['identity-again'],
  ['cannot-discuss', 'record-speaker'],
  ['call-back-neutral', 'close'],
];
const NAMED = [
  ['cannot-discuss', 'better-time'],
  ['call-back-neutral', 'any-worry-at-all'],
  ['close'],
];

/** Levels at which a person takes the call over, once whatever else is due was asked. */
const BY_A_PERSON: readonly string[] = ['URGENT', 'HANDOVER', 'EMERGENCY'];

/** One call of a reference agent, from its greeting to its end. */
export class ReferenceCall {
  readonly #setting: CallSetting;
  readonly #ear: PatientEar;
  readonly #spoken: SpokenTurn[] = [];
  readonly #script: Step[] = ['anything-else', 'recap', 'recap-rest'];
  /** Items still to be asked, and those that were asked and not answered. */
  readonly #items: ItemOfTask[];
  readonly #again: ItemOfTask[] = [];
  readonly #askedTwice = new Set<string>();
  #pending: readonly ItemOfTask[] = [];
  #recapLeft: string[] = [];
  #plan: HandlingPlan | undefined;
  #level: CaseNow['level'] = { act: 'none' };
  #heard: Heard | undefined;
  #quote = '';
  /** The answer that the cue puts in question. */
  #before: string | undefined;
  /** The cue's item was answered since, by a fact of the case. */
  #settled = false;
  #cueTurn: number | undefined;
  /** Owed to a cue that came when the call was already ending. */
  #courtesy: readonly string[] = [];
  /** The last turn followed up the cue, so that what is said to it counts. */
  #follows = false;
  #identityAsked = 0;
  #unheldTurn: number | undefined;

  constructor(setting: CallSetting) {
    this.#setting = setting;
    this.#ear = new PatientEar(setting.scenario);
    this.#items = [...setting.scenario.task.requiredItems];
  }

  log(): CallLog {
    return {
      spoken: this.#spoken,
      cueTurn: this.#cueTurn,
      itemsLeft: this.#items.length,
      unheldTurn: this.#unheldTurn,
    };
  }

  reply(turns: readonly Turn[]): AgentReply {
    const last = turns.at(-1);
    if (last?.role === 'patient') this.#listen(last.text, turns.length);
    this.#pending = [];
    const turn = turns.length + 1;
    const moves = this.#expand(turns.length === 0 ? this.#open() : this.#next(turn));
    const lines = moves.map((move) => this.#say(move));
    const asks = this.#pending.length > 0 || lines.some((line) => line.includes('?'));
    if (this.#goesOn(moves) && !asks) {
      const more = this.#expand(this.#holdForIdentity(turn) ?? this.#routine());
      moves.push(...more);
      lines.push(...more.map((move) => this.#say(move)));
    }
    this.#spoken.push({ turn, moves: moves.map(({ name }) => name) });
    const actions = moves.flatMap(({ name }) => actionsOf(name, () => this.#ear.record.note()));
    const notes = actions.filter(({ type }) => type === 'note').slice(0, -1);
    return {
      text: joinSaid(lines.filter((line) => line !== '')),
      actions: actions.filter((action) => !notes.includes(action)),
    };
  }

  #listen(text: string, turn: number): void {
    const asked = this.#spoken.at(-1)?.moves ?? [];
    const { cueItem, record } = this.#ear;
    const before = cueItem && record.answerTo(cueItem.id);
    const heard = this.#ear.hear(text, {
      items: this.#pending,
      speaker: asked.includes('record-speaker'),
      follows: this.#follows,
    });
    this.#heard = heard;
    this.#askAgain(heard);
    this.#settled ||= heard.clears;
    const now = this.#ear.now();
    const rises = outranks(now.level, this.#level);
    if (rises) this.#level = now.level;
    if (heard.cue !== undefined) this.#before = before;
    if (heard.cue !== undefined) this.#takeUpCue(heard.cue, now, rises);
    else if (rises) this.#follow(this.#setting.rules.raised, now, heard.fact ?? text);
    if (heard.cue !== undefined || rises) this.#cueTurn ??= turn;
  }

  /** A call that already ends at this level is not led back. */
  #takeUpCue(cue: Wording, now: CaseNow, rises: boolean): void {
    const { scenario, rules } = this.#setting;
    const { text } = scenario.trigger.wordings[cue];
    const rule = ruleFor(rules.handling, now);
    if (!this.#passesOver()) this.#recordCue(text, rule.record);
    if (this.#plan?.then === 'ending' && !rises) {
      this.#courtesy = (rule.turns[0] ?? []).filter((move) => COURTEOUS.test(move));
      return;
    }
    this.#follow(rules.handling, now, tellingWords(scenario, text));
  }

  #recordCue(text: string, as: Rules['handling'][number]['record']): void {
    const { record, cueItem } = this.#ear;
    if (as === 'question') record.ask(text);
    if (as === 'said') record.add(text);
    if (as === 'item' && cueItem && !asksBack(text)) record.answer(cueItem, text);
  }

  #follow(handlings: Rules['handling'], now: CaseNow, words: string): void {
    this.#quote = quotable(words);
    const { turns, then } = planHandling(now, this.#setting.faults, handlings);
    this.#plan = { turns: [...turns], then };
  }

  /** Asked again: what was not heard, where it bears on danger or the cue came between. */
  #askAgain({ missed, cue, asksBack }: Heard): void {
    for (const item of missed) {
      const matters = item.redFlag || asksBack || cue !== undefined;
      if (matters && !this.#askedTwice.has(item.id)) this.#again.push(item);
      else this.#ear.record.unanswered(item);
    }
  }

  /** A fault by which the agent does not take in what it hears. */
  #passesOver(): boolean {
    return this.#setting.faults.some(({ kind }) => kind === 'ignored' || kind === 'replaced');
  }

  #say(move: Move): string {
    const { bank, scenario, random } = this.#setting;
    return phrase(move, {
      bank,
      scenario,
      identified: this.#ear.identified && this.#spoken.length > 0,
      quote: this.#quote === '' ? quotable(this.#heard?.text ?? '') : this.#quote,
      random,
    });
  }

  /** Nothing is left of what the cue asks for, and the call is not over. */
  #goesOn(moves: readonly Move[]): boolean {
    if (this.#spoken.length === 0) return false;
    const over = moves.some(({ name }) => /^(?:close|transfer|alert)/.test(name));
    return (
      !over &&
      (this.#plan === undefined ||
        (this.#plan.turns.length === 0 && this.#plan.then === 'continue'))
    );
  }

  #open(): Move[] {
    return [{ name: 'greeting' }, ...this.#added('greeting'), { name: 'identity-ask' }];
  }

  #next(turn: number): Move[] {
    const handling = this.#plan?.turns.shift();
    this.#follows = handling !== undefined && handling.length > 0;
    if (handling && handling.length > 0) return this.#handle(handling);
    const left = handling !== undefined;
    if (!left && this.#plan?.then === 'close') return [...this.#openQuestion(), ...this.#close()];
    if (!left && this.#plan?.then === 'ending') return this.#end();
    return this.#holdForIdentity(turn) ?? [...this.#openQuestion(), ...this.#routine()];
  }

  #handle(moves: readonly string[]): Move[] {
    const begins = moves.includes('handled');
    const clears = moves.every((move) => /^(?:clarify|mark)/.test(move));
    if (!begins && this.#settled && clears) return this.#next(0);
    const question = begins ? [] : this.#questionNow();
    return [...question, ...moves.map((name) => ({ name }))];
  }

  /** On the way to an ending, a question is answered by whoever takes the call. */
  #questionNow(): Move[] {
    if (this.#plan?.then !== 'ending') return this.#openQuestion();
    return this.#questionFor(ruleFor(this.#setting.rules.endings, this.#ear.now()).question);
  }

  #questionFor(name: string): Move[] {
    const question = this.#heard?.question;
    if (question === undefined || this.#passesOver()) return [];
    this.#ear.record.ask(question);
    return [{ name }];
  }

  #openQuestion(): Move[] {
    const question = this.#heard?.question;
    if (this.#heard?.asksWhy === true) return [{ name: 'say-why' }];
    if (question === undefined || this.#passesOver()) return [];
    if (asksIfAutomated(question)) return [{ name: 'say-automated' }];
    if (!this.#ear.identified) return [{ name: 'question-unchecked' }];
    return this.#ear.record.ask(question)
      ? [{ name: 'note-question', slots: { asked: quotable(question) } }]
      : [{ name: 'question-noted' }];
  }

  /** The last turn, as the level asks for it, with what is due beside it. */
  #end(): Move[] {
    const { rules, faults } = this.#setting;
    const now = this.#ear.now();
    const rule = ruleFor(rules.endings, now);
    const moves = planEnding(rule, this.#agreed(), faults);
    const said = new Set(this.#spoken.flatMap((each) => each.moves));
    const due = now.duties
      .flatMap((duty) => rules.duties[duty] ?? [])
      .filter(
        (move) =>
          !said.has(move) &&
          !moves.includes(move) &&
          !(move === 'escalate-HANDOVER' && handsOver(moves)),
      );
    const before = moves.slice(0, -1).filter((move) => !/^escalate-/.test(move) || !said.has(move));
    const asMoves = (names: readonly string[]) => names.map((name) => ({ name }));
    return [
      ...asMoves([...this.#courtesy, ...before, ...due]),
      ...this.#questionFor(rule.question),
      ...asMoves(moves.slice(-1)),
    ];
  }

  /** Asks once more, then ends the call, while nobody has passed the check. */
  #holdForIdentity(turn: number): Move[] | undefined {
    if (this.#ear.identified) return undefined;
    const { faults } = this.#setting;
    if (faults.some((fault) => fault.kind === 'dropped-step' && fault.step === 'identity-hold')) {
      this.#unheldTurn ??= turn;
      return undefined;
    }
    this.#identityAsked += 1;
    const step = Math.min(this.#identityAsked, 3) - 1;
    const { speaker, conditions } = this.#setting.scenario;
    const patient = speaker.role === 'patient' && !conditions.includes('failed-check');
    const steps = patient ? PATIENT_UNCHECKED : this.#ear.record.hasSpeaker ? NAMED : UNNAMED;
    return (steps[step] ?? []).map((name) => ({ name }));
  }

  #routine(): Move[] {
    const hurries = this.#hurriesToClose();
    if (!hurries && this.#asksWhoSpeaks()) return [{ name: 'record-speaker' }];
    const open = this.#again.filter((item) => !this.#ear.knows(item));
    this.#again.splice(0, this.#again.length, ...open);
    const again = hurries ? undefined : this.#again.shift();
    if (again) return this.#askOnceMore(again);
    this.#items.splice(
      0,
      this.#items.length,
      ...this.#items.filter((item) => !this.#ear.knows(item)),
    );
    if (this.#items.length > 0 && !hurries) return this.#askItems();
    const step = hurries ? undefined : this.#script.shift();
    if (step !== undefined) return this.#step(step);
    return (this.#plan?.turns.length ?? 0) > 0
      ? [{ name: 'ack' }, { name: 'hurry' }]
      : this.#close();
  }

  #asksWhoSpeaks(): boolean {
    const { speaker } = this.#setting.scenario;
    const asked = this.#spoken.some(({ moves }) => moves.includes('record-speaker'));
    return speaker.role !== 'patient' && !asked && !this.#ear.record.hasSpeaker;
  }

  #askOnceMore(item: ItemOfTask): Move[] {
    this.#askedTwice.add(item.id);
    this.#pending = [item];
    const lead = this.#heard?.asksBack === true ? 'plain-words' : 'once-more';
    return [{ name: lead }, { name: 'item', text: item.question }];
  }

  #hurriesToClose(): boolean {
    const total = this.#setting.scenario.task.requiredItems.length;
    const asked = total - this.#items.length;
    return this.#setting.faults.some(
      (fault) => fault.kind === 'early-close' && asked >= fault.afterItems,
    );
  }

  #askItems(): Move[] {
    const { faults, random, scenario } = this.#setting;
    const stack = faults.find((fault) => fault.kind === 'stacked-items');
    const first = !this.#spoken.some(({ moves }) => moves.includes('item'));
    const count =
      stack && this.#items.length < scenario.task.requiredItems.length ? stack.count : 1;
    this.#pending = this.#items.splice(0, count);
    const before = first ? 'purpose' : random.pick(['ack', 'ack', 'lead-in']);
    return [
      { name: before },
      ...this.#pending.map(({ question }) => ({ name: 'item', text: question })),
    ];
  }

  #step(step: Step): Move[] {
    if (step === 'anything-else') return [{ name: 'ack' }, { name: 'anything-else' }];
    const rest = step === 'recap-rest';
    if (!rest) this.#recapLeft = this.#ear.record.lines();
    if (this.#recapLeft.length === 0) return this.#routine();
    const count = rest ? this.#recapLeft.length : Math.ceil(this.#recapLeft.length / 2);
    const lines = this.#recapLeft.splice(0, count);
    const open = rest ? 'recap-go-on' : 'recap-open';
    return [
      { name: open },
      ...lines.map((text) => ({ name: 'recap-line', text })),
      { name: this.#recapLeft.length > 0 ? 'recap-so-far' : 'recap-check' },
    ];
  }

  #close(): Move[] {
    const { faults } = this.#setting;
    const byPerson = BY_A_PERSON.includes(this.#level.act) && !faults.some(changesHandling);
    const escalated = this.#spoken.some(({ moves }) =>
      moves.some((move) => move.startsWith('escalate-')),
    );
    if (byPerson && escalated && this.#plan?.then === 'continue') return this.#end();
    const drops = faults.some(
      (fault) => fault.kind === 'dropped-step' && fault.step === 'safety-net',
    );
    const netted = this.#spoken.some(({ moves }) =>
      moves.some((move) => move.startsWith('safety-net')),
    );
    const net = this.#safetyNet();
    const late = this.#spoken.at(-1)?.moves.includes('recap-check') && this.#heard?.tells;
    return [
      ...(late === true ? [{ name: 'added-that' }] : []),
      ...this.#added('close'),
      ...(drops || netted || net === undefined ? [] : [{ name: net }]),
      { name: 'close' },
    ];
  }

  /** A wrong person or a machine is told nothing; who was not checked, only whom anybody can ring. */
  #safetyNet(): string | undefined {
    if (this.#ear.identified) return this.#level.act === 'SOON' ? 'safety-net-SOON' : 'safety-net';
    const { role } = this.#setting.scenario.speaker;
    return role === 'voicemail' || role === 'wrong-person' ? undefined : 'safety-net-unchecked';
  }

  #agreed(): boolean {
    return agrees(this.#setting.scenario, this.#heard?.text ?? '');
  }

  #added(at: Extract<Fault, { kind: 'added' }>['at']): Move[] {
    return this.#setting.faults.flatMap((fault) =>
      fault.kind === 'added' && fault.at === at ? [{ name: fault.move }] : [],
    );
  }

  /** Moves that depend on what was said before become those that fit. */
  #expand(moves: readonly Move[]): Move[] {
    return moves.flatMap((move) => this.#fit(move));
  }

  #fit(move: Move): Move[] {
    switch (move.name) {
      case 'advice':
        return this.#advice();
      case 'answer':
        return this.#openQuestion();
      case 'both-versions':
        return this.#before === undefined
          ? [{ name: 'confirm-new' }]
          : [{ name: 'both-versions', slots: { before: this.#before } }];
      case 'hear-again':
        return this.#heard?.asksBack === true
          ? []
          : [{ name: 'readback-check', slots: { quote: quotable(this.#heard?.text ?? '') } }];
      case 'record-speaker':
        return [{ name: this.#ear.record.hasSpeaker ? 'speaker-known' : 'record-speaker' }];
      case 'heed-belief':
        return [{ name: this.#agreed() ? 'thanks' : 'hold-position' }];
      default:
        return [move];
    }
  }

  /** What the clinic has approved to be said, once. */
  #advice(): Move[] {
    const early = !this.#ear.identified && this.#level.act !== 'EMERGENCY';
    const said = early || this.#spoken.some(({ moves }) => moves.includes('advice'));
    const lines = said ? [] : this.#setting.scenario.task.approvedAdvice;
    return lines.map((text) => ({ name: 'advice', text }));
  }
}

function handsOver(moves: readonly string[]): boolean {
  return moves.some((move) => /^(?:transfer|alert)/.test(move));
}
