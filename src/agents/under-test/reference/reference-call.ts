import { caseIn, type Wording } from '../../../scenarios/scenario.js';
import type { Turn } from '../../../transcript/transcript.js';
import type { AgentReply } from '../agent.js';
import { statementsOf } from './answer-fit.js';
import type { CallLog, SpokenTurn } from './call-log.js';
import { CallVoice } from './call-voice.js';
import { CallScript } from './call-script.js';
import { addedAt, drops, passesOver, type CallSetting } from './call-setting.js';
import { outranks, type CaseNow } from './case-now.js';
import { changesHandling } from './faults.js';
import { fittingMoves } from './fitting-moves.js';
import { IdentityHold } from './identity-hold.js';
import { answerQuestion, notedWish } from './open-question.js';
import { PatientEar, type Asked, type Heard } from './patient-ear.js';
import { agrees, asksBack, objects, quotable, spokenPart, tellingWords } from './patient-words.js';
import { planEnding, toldAgain, unlessObjected } from './plan-ending.js';
import { planHandling, ruleFor, type HandlingPlan } from './plan-handling.js';
import type { Handling } from './reference-data.js';
import { askMustKnow, askVersionAgain, leavesSafetyOpen, versionsOf } from './second-ask.js';
import { safetyNet, unclearFlag } from './safety-net.js';
import { warmth } from './warmth.js';
import { actionsOfTurn, joinSaid, type Move } from './utter.js';

/** Moves owed to a cue, whatever else is being done: to what the caller feels, and the level again. */
const OWED =
  /^(?:accept|escalate|apologise|believe|decline|gentle-correction|name-feeling|say-automated|sympathy|thanks)/;
/** Moves after which the agent has no more to say. */
const LEAVES = /^(?:close|transfer|alert-(?:ring-back|lost))/;
/** Levels at which a person takes the call over, once whatever else is due was asked. */
const BY_A_PERSON: readonly string[] = ['URGENT', 'HANDOVER', 'EMERGENCY'];

/** One call of a reference agent, from its greeting to its end. */
export class ReferenceCall {
  readonly #setting: CallSetting;
  readonly #ear: PatientEar;
  readonly #script: CallScript;
  readonly #hold: IdentityHold;
  readonly #voice: CallVoice;
  readonly #spoken: SpokenTurn[] = [];
  #heard: Heard | undefined;
  #plan: HandlingPlan | undefined;
  #level: CaseNow['level'] = { act: 'none' };
  /** The cue stands in the record, so that nobody need fear it was passed over. */
  #cueRecorded = false;
  #cueWords = '';
  #lastQuestion = '';
  /** The answer that the cue puts in question. */
  #before: string | undefined;
  /** The cue's item was answered since, by a fact of the case. */
  #settled = false;
  /** Owed to a cue that came when the call was already ending. */
  #courtesy: readonly string[] = [];
  /** The last turn followed up the cue, so that what is said to it counts. */
  #follows = false;
  /** What the caller would like, until it was spoken to. */
  #wish: string | undefined;
  #cueTurn: number | undefined;
  #unheldTurn: number | undefined;

  constructor(setting: CallSetting) {
    this.#setting = setting;
    this.#ear = new PatientEar(setting.scenario);
    this.#script = new CallScript(setting, this.#ear);
    this.#hold = new IdentityHold(setting.scenario);
    this.#voice = new CallVoice(setting, this.#ear);
  }

  log(): CallLog {
    return {
      spoken: this.#spoken,
      cueTurn: this.#cueTurn,
      itemsLeft: this.#script.itemsLeft,
      unheldTurn: this.#unheldTurn,
    };
  }

  reply(turns: readonly Turn[]): AgentReply {
    const last = turns.at(-1);
    if (last?.role === 'patient') this.#listen(last.text, turns.length);
    const turn = turns.length + 1;
    const moves = this.#expand(turns.length === 0 ? this.#open() : this.#next(turn));
    const lines = moves.map((move) => this.#say(move));
    if (this.#leavesUnasked(moves, lines)) {
      const more = this.#expand(this.#holdForIdentity(turn) ?? this.#routine());
      moves.push(...more);
      lines.push(...more.map((move) => this.#say(move)));
    }
    this.#lastQuestion = lines.filter((line) => line.endsWith('?')).join(' ');
    this.#spoken.push({ turn, moves: moves.map(({ name }) => name) });
    return {
      text: joinSaid(lines.filter((line) => line !== '')),
      actions: actionsOfTurn(moves, (over) => this.#ear.record.note(over && this.#ear.identified)),
    };
  }

  #listen(text: string, turn: number): void {
    const { cueItem, record } = this.#ear;
    const before = cueItem && record.answerTo(cueItem.id);
    const heard = this.#ear.hear(text, this.#asked());
    this.#heard = heard;
    this.#hearWish(heard);
    this.#script.hear(heard);
    this.#settled ||= heard.clears;
    if (heard.clears) this.#voice.take(text);
    const now = this.#ear.now();
    const rises = outranks(now.level, this.#level);
    if (rises) this.#level = now.level;
    if (heard.cue !== undefined) {
      this.#before = before;
      this.#takeUpCue(heard.cue, now, rises);
    } else if (rises) this.#follow(this.#setting.rules.raised, now, heard.fact ?? text);
    if (heard.cue !== undefined || rises) this.#cueTurn ??= turn;
    if (this.#cueTurn !== undefined && !passesOver(this.#setting.faults)) record.keep(text);
  }

  #asked(): Asked {
    const moves = this.#spoken.at(-1)?.moves ?? [];
    const items = this.#script.pending;
    return {
      items,
      speaker: moves.includes('record-speaker'),
      follows: this.#follows || moves.includes('anything-else'),
      question: items.length > 0 ? '' : this.#lastQuestion,
    };
  }

  #hearWish({ wish }: Heard): void {
    if (wish !== undefined && this.#ear.record.wishes(wish)) this.#wish = wish;
  }

  /** A call that already ends at this level is not led back. */
  #takeUpCue(cue: Wording, now: CaseNow, rises: boolean): void {
    const { scenario, rules, faults } = this.#setting;
    const text = spokenPart(this.#heard?.text ?? '', scenario.trigger.wordings[cue].text);
    const rule = ruleFor(rules.handling, now);
    this.#cueRecorded = !passesOver(faults) && rule.record !== 'none';
    if (this.#cueRecorded) this.#ear.recordCue(text, rule.record);
    if (this.#plan?.then === 'ending' && !rises) {
      const { turns } = planHandling(now, faults, rules.handling);
      this.#courtesy = (turns[0] ?? []).filter((move) => OWED.test(move));
      return;
    }
    // The level may be that of what was told beside the cue.
    const byFact = rises && outranks(now.level, caseIn(scenario, cue).escalation);
    const fact = byFact ? this.#heard?.fact : undefined;
    this.#follow(rules.handling, now, fact ?? tellingWords(scenario, text));
    this.#cueWords = quotable(statementsOf(text) || text);
  }

  #follow(handlings: readonly Handling[], now: CaseNow, words: string): void {
    this.#voice.take(words);
    this.#plan = planHandling(now, this.#setting.faults, handlings);
  }

  #say(move: Move): string {
    return this.#voice.say(move, {
      heard: this.#heard?.text ?? '',
      lastQuestion: this.#lastQuestion,
      act: this.#level.act,
    });
  }

  /** The call goes on, and yet nothing was asked: the caller would be left to guess what is wanted. */
  #leavesUnasked(moves: readonly Move[], lines: readonly string[]): boolean {
    const asks = this.#script.pending.length > 0 || lines.some((line) => line.endsWith('?'));
    const over = moves.some(({ name }) => LEAVES.test(name));
    const handled =
      this.#plan === undefined || (this.#plan.turns.length === 0 && this.#plan.then === 'continue');
    return this.#spoken.length > 0 && !asks && !over && handled;
  }

  #open(): Move[] {
    return [
      { name: 'greeting' },
      ...addedAt(this.#setting.faults, 'greeting'),
      { name: 'identity-ask' },
    ];
  }

  #next(turn: number): Move[] {
    const again = this.#sayAgain() ?? this.#askAgain();
    if (again) return again;
    const handling = this.#plan?.turns.shift();
    this.#follows = handling !== undefined && handling.length > 0;
    if (handling && handling.length > 0) return this.#handle(handling, turn);
    const then = handling === undefined ? this.#plan?.then : undefined;
    if (then === 'close') return this.#answerFirst() ?? [...this.#answer(), ...this.#close()];
    if (then === 'ending') return this.#end();
    return this.#holdForIdentity(turn) ?? [...this.#answer(), ...this.#routine()];
  }

  /** Who was told how to reach the clinic may want to ask more: the call does not end in the same breath. */
  #answerFirst(): Move[] | undefined {
    if (this.#said('neutral-answer')) return undefined;
    const lost = this.#heard?.asksBack === true && this.#said('message-neutral');
    const answer = lost ? [{ name: 'neutral-answer' }] : this.#answer();
    return answer.some(({ name }) => name === 'neutral-answer') ? answer : undefined;
  }

  /** A question about the cue that was not heard is put once more, where nothing has to come first. */
  #sayAgain(): Move[] | undefined {
    const { asksBack = false, missed = [] } = this.#heard ?? {};
    const unheard = this.#follows && asksBack && missed.length === 0;
    const may = this.#plan?.then === 'continue' && this.#lastQuestion !== '';
    if (!unheard || !may || this.#said('say-again') || this.#said('which-again')) return undefined;
    return [{ name: 'plain-words' }, { name: 'say-again', text: this.#lastQuestion }];
  }

  /** What a reply left open that must be known: asked once more, unless a person takes the call over. */
  #askAgain(): Move[] | undefined {
    const last = this.#spoken.at(-1);
    const text = this.#heard?.text ?? '';
    if (this.#plan?.then !== 'continue' || this.#setting.faults.some(changesHandling))
      return undefined;
    const again =
      askMustKnow(last, text) ??
      askVersionAgain(last, text, versionsOf(this.#before, this.#cueWords));
    return again && [...this.#answer(), ...again];
  }

  #takeWish(): string | undefined {
    const wish = this.#wish;
    this.#wish = undefined;
    return wish;
  }

  #handle(moves: readonly string[], turn: number): Move[] {
    const begins = moves.includes('handled');
    const clears = moves.every((move) => /^(?:clarify|mark)/.test(move));
    if (!begins && this.#settled && clears) return this.#next(turn);
    return [...(begins ? [] : this.#answerOnTheWay()), ...moves.map((name) => ({ name }))];
  }

  #answer(): Move[] {
    const { scenario, faults } = this.#setting;
    if (passesOver(faults)) return [];
    const reassured = this.#spoken.filter(({ moves }) => moves.includes('not-forgotten')).length;
    return answerQuestion(this.#heard, this.#ear, {
      declined: this.#said('decline-'),
      lost: this.#said('plain-words') && !this.#said('offer-'),
      mayReassure: this.#cueRecorded && !scenario.hardNegative && reassured < 2,
      advice: scenario.task.approvedAdvice,
      advised: this.#said('advice'),
      thirdParty: scenario.speaker.role !== 'patient',
      left: this.#script.itemsLeft,
      wish: this.#takeWish(),
    });
  }

  /** On the way to an ending, a question is answered by whoever takes the call. */
  #answerOnTheWay(): Move[] {
    if (this.#plan?.then !== 'ending') return this.#answer();
    return [
      ...notedWish(this.#takeWish()),
      ...this.#refer(ruleFor(this.#setting.rules.endings, this.#ear.now()).question),
    ];
  }

  #refer(name: string): Move[] {
    const question = this.#heard?.question;
    if (question === undefined || passesOver(this.#setting.faults)) return [];
    this.#ear.record.ask(question);
    return [{ name }];
  }

  /** The last turn, as the level asks for it, with what is due beside it. */
  #end(): Move[] {
    const { before, question, leaves } = planEnding(
      this.#setting.rules,
      this.#ear.now(),
      this.#agreed(),
      this.#setting.faults,
      (move) => this.#said(move),
    );
    const heard = this.#heard?.text ?? '';
    if (leavesSafetyOpen(this.#spoken.at(-1), heard)) {
      this.#ear.record.remark(`The question about safety was not answered: "${quotable(heard)}".`);
    }
    const named = (names: readonly string[]) => names.map((name) => ({ name }));
    const due = asksBack(heard) ? toldAgain(before, this.#spoken) : before;
    const urged = unlessObjected(due, objects(this.#setting.scenario, heard));
    return [...named([...this.#courtesy, ...urged]), ...this.#refer(question), ...named(leaves)];
  }

  #said(prefix: string): boolean {
    return this.#spoken.some(({ moves }) => moves.some((move) => move.startsWith(prefix)));
  }

  #holdForIdentity(turn: number): Move[] | undefined {
    if (this.#ear.identified) return undefined;
    if (drops(this.#setting.faults, 'identity-hold')) {
      this.#unheldTurn ??= turn;
      return undefined;
    }
    return this.#hold.next(this.#ear.record.hasSpeaker);
  }

  #routine(): Move[] {
    const { speaker } = this.#setting.scenario;
    const unknown = !this.#said('record-speaker') && !this.#ear.record.hasSpeaker;
    if (speaker.role !== 'patient' && unknown) return [{ name: 'record-speaker' }];
    const next = this.#script.next(this.#heard?.asksBack === true);
    const plain = passesOver(this.#setting.faults) || this.#said('warm-feeling');
    if (next) return [...(plain ? [] : warmth(this.#heard, this.#spoken.at(-1))), ...next];
    return this.#plan?.turns.length ? [{ name: 'ack' }, { name: 'hurry' }] : this.#close();
  }

  #close(): Move[] {
    const { faults } = this.#setting;
    const byPerson = BY_A_PERSON.includes(this.#level.act) && !faults.some(changesHandling);
    if (byPerson && this.#said('escalate-') && this.#plan?.then === 'continue') return this.#end();
    const unclear = byPerson || faults.some(changesHandling) ? [] : unclearFlag(this.#ear);
    const told = this.#spoken.at(-1)?.moves.includes('recap-check') && this.#heard?.tells;
    return [
      ...(told === true ? [{ name: 'added-that' }] : []),
      ...addedAt(faults, 'close'),
      ...unclear,
      ...(drops(faults, 'safety-net') || this.#said('safety-net') || unclear.length > 0
        ? []
        : safetyNet(this.#ear.identified, this.#level.act, this.#setting.scenario.speaker.role)),
      { name: 'close' },
    ];
  }

  #agreed(): boolean {
    return agrees(this.#setting.scenario, this.#heard?.text ?? '');
  }

  /** Moves that depend on what was said before become those that fit. */
  #expand(moves: readonly Move[]): Move[] {
    const fitting = fittingMoves({
      setting: this.#setting,
      ear: this.#ear,
      heard: this.#heard,
      last: this.#spoken.at(-1),
      versions: versionsOf(this.#before, this.#cueWords),
      cueWords: this.#cueWords,
      act: this.#level.act,
      settled: this.#settled,
      ends: this.#plan?.then === 'ending',
      agreed: this.#agreed(),
      advised: this.#said('advice'),
      answer: () => this.#answer(),
    });
    const fit = moves.flatMap((move) => fitting[move.name]?.() ?? [move]);
    return fit.filter(({ name }, index) => name !== 'ack' || index === 0);
  }
}
